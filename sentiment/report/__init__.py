"""Records → Rich tables. Computes nothing that a record does not hold."""
