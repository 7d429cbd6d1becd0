-- What the new file says of itself.
INSERT INTO snapshot
SELECT
    CAST($schema AS INTEGER), CAST($generation AS VARCHAR), CAST($at AS TIMESTAMPTZ), CAST($software AS VARCHAR),
    coalesce((SELECT version FROM work.made_with WHERE part = 'lexicon'), ''), CAST($head AS VARCHAR);
