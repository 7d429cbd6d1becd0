-- Put the new captures beside the old ones.
DELETE FROM captures
USING new_captures n
WHERE captures.capture_id = n.capture_id
    AND (n.article_id IS NULL, n.warc_file, n.warc_offset) < (captures.article_id IS NULL, captures.warc_file, captures.warc_offset);

INSERT INTO captures BY NAME
SELECT n.*
FROM new_captures n
WHERE NOT EXISTS (SELECT 1 FROM captures c WHERE c.capture_id = n.capture_id);

CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT article_id
FROM new_captures
WHERE article_id IS NOT NULL;
