-- What the builder remembers beside the tables themselves. Only in data/index/work.duckdb, never published.

CREATE TABLE read_files (warc_file VARCHAR PRIMARY KEY, size BIGINT);
COMMENT ON TABLE read_files IS 'Sealed WARC files whose rows are in: name below data/warc, and bytes.';

CREATE TABLE made_with (part VARCHAR PRIMARY KEY, version VARCHAR);
COMMENT ON TABLE made_with IS 'What the rows were made with: another schema or other rules mean a rebuild, another lexicon means new labels.';

CREATE TABLE fingerprints (fingerprint_id UBIGINT PRIMARY KEY, fingerprint BLOB, traced INTEGER);
COMMENT ON TABLE fingerprints IS 'Fingerprints of texts, each once, and how many traces each leaves; see pipelines/fingerprint.py.';

CREATE TABLE signed (article_id VARCHAR PRIMARY KEY, fingerprint_id UBIGINT);
COMMENT ON TABLE signed IS 'The fingerprint of each article whose text is long enough to be compared.';

CREATE TABLE copy_keys (key UBIGINT, fingerprint_id UBIGINT);
COMMENT ON TABLE copy_keys IS 'What brings two fingerprints together: one band of the signature (its 64th bit is set), or enough traces of the facts.';

CREATE TABLE crowded (key UBIGINT, fingerprint_id UBIGINT);
COMMENT ON TABLE crowded IS 'Keys that many fingerprints share, with the earliest that have them: others meet these only.';

CREATE TABLE copy_links (article_id VARCHAR PRIMARY KEY, earlier VARCHAR, score FLOAT, kind VARCHAR);
COMMENT ON TABLE copy_links IS 'The earliest article that each copy itself repeats. It may be a copy too: articles.copy_of is where these links end.';

CREATE TABLE cited (article_id VARCHAR, url_key VARCHAR, url VARCHAR, cited_at TIMESTAMPTZ, PRIMARY KEY (article_id, url_key));
COMMENT ON TABLE cited IS 'What the records of articles say that they cite; the table citations is made of it.';

CREATE TABLE cited_copies (url_key VARCHAR, capture_id VARCHAR, PRIMARY KEY (url_key, capture_id));
COMMENT ON TABLE cited_copies IS 'Answers of closing rounds, under each address that led to them.';

CREATE TABLE told_words (mention_id VARCHAR PRIMARY KEY, words VARCHAR[]);
COMMENT ON TABLE told_words IS 'Names and rare words by which the reports of one incident know each other; see queries/incidents.py.';

CREATE TABLE placed (mention_id VARCHAR PRIMARY KEY, seen UBIGINT, block VARCHAR, event_id VARCHAR, event_by VARCHAR);
COMMENT ON TABLE placed IS 'Each mention as clustering last saw it (a hash of all it looks at), its block and its event.';

CREATE TABLE block_keys (key VARCHAR, strong BOOLEAN, block VARCHAR);
COMMENT ON TABLE block_keys IS 'Keys under which the mentions of a block stand: new mentions with one of them touch it; see queries/blocks.py.';
