-- Pairs of signatures worth comparing for the articles whose `copy_of` may have changed: those in `moved`, those that were called copies
-- of one of them, and those whose signature shares a band with one of theirs.
CREATE OR REPLACE TEMP TABLE met AS
SELECT DISTINCT mine.signature_id AS one, other.signature_id AS other
FROM bands mine
JOIN bands other ON other.band = mine.band
WHERE mine.signature_id IN (SELECT s.signature_id FROM signed s JOIN moved m ON m.article_id = s.article_id);

CREATE OR REPLACE TEMP TABLE asking AS
SELECT article_id FROM moved
UNION
SELECT article_id FROM articles WHERE copy_of IN (SELECT article_id FROM moved)
UNION
SELECT s.article_id FROM signed s WHERE s.signature_id IN (SELECT other FROM met);

CREATE OR REPLACE TEMP TABLE pairs AS
SELECT DISTINCT mine.signature_id AS one, other.signature_id AS other
FROM bands mine
JOIN bands other ON other.band = mine.band
WHERE mine.signature_id < other.signature_id
    AND mine.signature_id IN (SELECT s.signature_id FROM signed s JOIN asking a ON a.article_id = s.article_id)
UNION
SELECT DISTINCT other.signature_id, mine.signature_id
FROM bands mine
JOIN bands other ON other.band = mine.band
WHERE other.signature_id < mine.signature_id
    AND mine.signature_id IN (SELECT s.signature_id FROM signed s JOIN asking a ON a.article_id = s.article_id);
