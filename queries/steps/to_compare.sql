-- Pairs of signatures to compare. Articles in `moved`, and those called copies of one of them, look for their original anew: all that
-- share a band with them. Every other article can only find a new original among `moved`, and those pairs are among the same.
CREATE OR REPLACE TEMP TABLE asking AS
SELECT article_id FROM moved
UNION
SELECT article_id FROM articles WHERE copy_of IN (SELECT article_id FROM moved);

CREATE OR REPLACE TEMP TABLE pairs AS
WITH asked AS (
    SELECT DISTINCT s.signature_id
    FROM signed s
    JOIN asking a ON a.article_id = s.article_id
)
SELECT DISTINCT least(mine.signature_id, other.signature_id) AS one, greatest(mine.signature_id, other.signature_id) AS other
FROM asked
JOIN bands mine ON mine.signature_id = asked.signature_id
JOIN bands other ON other.band = mine.band AND other.signature_id <> mine.signature_id;
