"""Records → pictures, PNG or SVG, drawn by matplotlib without a screen. Computes nothing."""
