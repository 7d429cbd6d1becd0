"""What pages say: clean text, language, date, and which platform did what to whom."""
