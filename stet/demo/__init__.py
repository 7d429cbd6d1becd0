"""The demo: a small invented news network on loopback, and a story told with it. The tests crawl the same network."""
