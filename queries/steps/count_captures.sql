-- First and last capture of every article that a new capture shows, and how many there are; and which first captures are others than before.
CREATE OR REPLACE TEMP TABLE counted AS
SELECT c.article_id, c.first_at, c.last_at, c.many, a.first_captured_at IS DISTINCT FROM c.first_at AS other_first
FROM (
    SELECT article_id, min(captured_at) AS first_at, max(captured_at) AS last_at, count(*) AS many
    FROM captures
    WHERE article_id IN (SELECT article_id FROM touched)
    GROUP BY article_id
) c
JOIN articles a ON a.article_id = c.article_id;

UPDATE articles
SET first_captured_at = c.first_at, last_captured_at = c.last_at, captures = c.many
FROM counted c
WHERE articles.article_id = c.article_id;
