"""One file per verb; only these files print."""
