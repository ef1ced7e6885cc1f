"""The HTTP server: one model answers many at once, and a page to try it on."""
