"""Measurements side by side in one run; ratios count, since machines differ and are shared."""
