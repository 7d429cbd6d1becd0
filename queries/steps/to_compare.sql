-- Pairs of fingerprints to compare. Articles in `moving`, and those called copies of one of them, look for their original anew: all that
-- share a band or enough traces with them. Every other article can only find a new original among `moving`, and those pairs are among the
-- same. A trace that more fingerprints have than `leaders` allows brings together only pairs of which one is among its earliest; who gains
-- or loses that place moves too.
CREATE OR REPLACE TEMP TABLE copy_places AS
SELECT
    s.fingerprint_id,
    min({
        'day': CASE WHEN a.published_precision = 'day' THEN a.published_on ELSE CAST(timezone('UTC', a.first_captured_at) AS DATE) END,
        'captured_at': a.first_captured_at,
        'article_id': a.article_id
    }) AS place
FROM signed s
JOIN articles a ON a.article_id = s.article_id
GROUP BY s.fingerprint_id;

CREATE OR REPLACE TEMP TABLE standing AS
SELECT
    t.trace, t.fingerprint_id,
    row_number() OVER (PARTITION BY t.trace ORDER BY p.place) <= (SELECT leaders FROM limits) AS leads,
    count(*) OVER (PARTITION BY t.trace) > (SELECT leaders FROM limits) AS crowds,
    t.trace NOT IN (SELECT trace FROM crowded) OR c.trace IS NOT NULL AS led
FROM traces t
JOIN stirred s ON s.trace = t.trace
JOIN copy_places p ON p.fingerprint_id = t.fingerprint_id
LEFT JOIN crowded c ON c.trace = t.trace AND c.fingerprint_id = t.fingerprint_id;

DELETE FROM crowded WHERE trace IN (SELECT trace FROM stirred);
INSERT INTO crowded SELECT trace, fingerprint_id FROM standing WHERE crowds AND leads;

CREATE OR REPLACE TEMP TABLE moving AS
SELECT article_id FROM moved
UNION
SELECT s.article_id FROM standing t JOIN signed s ON s.fingerprint_id = t.fingerprint_id WHERE t.leads <> t.led;

CREATE OR REPLACE TEMP TABLE asking AS
SELECT article_id FROM moving
UNION
SELECT article_id FROM articles WHERE copy_of IN (SELECT article_id FROM moving);

CREATE OR REPLACE TEMP TABLE asked AS
SELECT DISTINCT s.fingerprint_id
FROM signed s
JOIN asking a ON a.article_id = s.article_id;

CREATE OR REPLACE TEMP TABLE asked_traces AS
SELECT t.trace, t.fingerprint_id, t.trace IN (SELECT trace FROM crowded) AND c.trace IS NULL AS follows
FROM traces t
JOIN asked q ON q.fingerprint_id = t.fingerprint_id
LEFT JOIN crowded c ON c.trace = t.trace AND c.fingerprint_id = t.fingerprint_id;

CREATE OR REPLACE TEMP TABLE pairs AS
WITH beside AS (
    SELECT mine.fingerprint_id AS mine, other.fingerprint_id AS theirs
    FROM asked_traces mine
    JOIN traces other ON other.trace = mine.trace
    WHERE NOT mine.follows
    UNION ALL
    SELECT mine.fingerprint_id, other.fingerprint_id
    FROM asked_traces mine
    JOIN crowded other ON other.trace = mine.trace
    WHERE mine.follows
), shared AS (
    SELECT mine, theirs, count(*) AS many
    FROM beside
    WHERE mine <> theirs
    GROUP BY mine, theirs
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
