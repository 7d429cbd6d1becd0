"""Cards of publishers whose pages are kept when they are relevant: one module, one source."""
