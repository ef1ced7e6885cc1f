"""Corpora: where texts with labels come from, their splits, and batches by length."""
