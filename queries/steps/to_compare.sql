-- Pairs of fingerprints to compare. Articles in `moved`, and those called copies of one of them, look for their original anew: all that
-- share a band or enough traces with them. Every other article can only find a new original among `moved`, and those pairs are among the
-- same. A trace that has become crowded, or is so no longer, changes what all that share it are compared with: they look anew too.
CREATE OR REPLACE TEMP TABLE weighed AS
SELECT s.trace, count(t.fingerprint_id) > (SELECT crowd FROM limits) AS crowds, c.trace IS NOT NULL AS crowded
FROM stirred s
LEFT JOIN traces t ON t.trace = s.trace
LEFT JOIN crowded c ON c.trace = s.trace
GROUP BY s.trace, c.trace;

DELETE FROM crowded WHERE trace IN (SELECT trace FROM weighed WHERE NOT crowds);
INSERT INTO crowded SELECT trace FROM weighed WHERE crowds AND NOT crowded;

CREATE OR REPLACE TEMP TABLE asking AS
SELECT article_id FROM moved
UNION
SELECT article_id FROM articles WHERE copy_of IN (SELECT article_id FROM moved)
UNION
SELECT s.article_id
FROM weighed w
JOIN traces t ON t.trace = w.trace
JOIN signed s ON s.fingerprint_id = t.fingerprint_id
WHERE w.crowds <> w.crowded;

CREATE OR REPLACE TEMP TABLE asked AS
SELECT DISTINCT s.fingerprint_id
FROM signed s
JOIN asking a ON a.article_id = s.article_id;

CREATE OR REPLACE TEMP TABLE pairs AS
WITH shared AS (
    SELECT mine.fingerprint_id AS mine, other.fingerprint_id AS theirs, count(*) AS many
    FROM asked
    JOIN traces mine ON mine.fingerprint_id = asked.fingerprint_id
    JOIN traces other ON other.trace = mine.trace AND other.fingerprint_id <> mine.fingerprint_id
    WHERE mine.trace NOT IN (SELECT trace FROM crowded)
    GROUP BY mine.fingerprint_id, other.fingerprint_id
    HAVING count(*) >= (SELECT together FROM limits)
), met AS (
    SELECT mine.fingerprint_id AS mine, other.fingerprint_id AS theirs
    FROM asked
    JOIN bands mine ON mine.fingerprint_id = asked.fingerprint_id
    JOIN bands other ON other.band = mine.band AND other.fingerprint_id <> mine.fingerprint_id
    UNION ALL
    SELECT s.mine, s.theirs
    FROM shared s
    JOIN fingerprints m ON m.fingerprint_id = s.mine
    JOIN fingerprints t ON t.fingerprint_id = s.theirs
    WHERE s.many * (SELECT part FROM limits) >= least(m.traced, t.traced)
)
SELECT DISTINCT least(mine, theirs) AS one, greatest(mine, theirs) AS other
FROM met;
