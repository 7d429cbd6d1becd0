-- What the new file says of itself.
INSERT INTO snapshot
SELECT
    CAST($schema AS INTEGER), coalesce((SELECT max(night_id) FROM nights), (SELECT max(night_id) FROM captures), ''),
    CAST($at AS TIMESTAMPTZ), CAST($software AS VARCHAR), coalesce((SELECT version FROM work.made_with WHERE part = 'lexicon'), ''),
    CAST($head AS VARCHAR);
