"""One question about recurrent networks a module; each returns a frozen record."""
