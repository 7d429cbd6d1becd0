"""Where pages are found: three shapes of site, one small card per source."""
