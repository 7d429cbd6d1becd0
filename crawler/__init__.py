"""The night shift: Scrapy, wired so that every exchange is kept as it was on the wire."""
