-- First and last capture of every article that a new capture shows, and how many there are.
UPDATE articles
SET first_captured_at = c.first_at, last_captured_at = c.last_at, captures = c.many
FROM (
    SELECT article_id, min(captured_at) AS first_at, max(captured_at) AS last_at, count(*) AS many
    FROM captures
    WHERE article_id IN (SELECT article_id FROM touched)
    GROUP BY article_id
) c
WHERE articles.article_id = c.article_id;
