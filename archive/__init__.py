"""The ground floor: nouns, WARC files, index lines and digests. Knows neither Scrapy nor DuckDB."""
