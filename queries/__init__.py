"""The study: DuckDB tables cast from the WARC files, saved questions, the locked-down connection."""
