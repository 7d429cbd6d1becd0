-- Pairs of fingerprints to compare. Articles in `moving`, and those linked to one of them, look for the earliest they repeat anew: all that
-- share a band or enough traces with them. Every other article can only find a new one among `moving`, and those pairs are among the
-- same. A key that more fingerprints have than `leaders` allows brings together only pairs of which one is among its earliest; who gains
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

CREATE OR REPLACE TEMP TABLE thronged AS
SELECT k.key, count(*) > (SELECT leaders FROM limits) AS crowds
FROM copy_keys k
JOIN stirred s ON s.key = k.key
GROUP BY k.key
HAVING count(*) > (SELECT leaders FROM limits) OR k.key IN (SELECT key FROM crowded);

CREATE OR REPLACE TEMP TABLE standing AS
SELECT
    k.key, k.fingerprint_id, t.crowds,
    row_number() OVER (PARTITION BY k.key ORDER BY p.place) <= (SELECT leaders FROM limits) AS leads,
    k.key NOT IN (SELECT key FROM crowded) OR c.key IS NOT NULL AS led
FROM copy_keys k
JOIN thronged t ON t.key = k.key
JOIN copy_places p ON p.fingerprint_id = k.fingerprint_id
LEFT JOIN crowded c ON c.key = k.key AND c.fingerprint_id = k.fingerprint_id;

DELETE FROM crowded WHERE key IN (SELECT key FROM stirred);
INSERT INTO crowded SELECT key, fingerprint_id FROM standing WHERE crowds AND leads;

CREATE OR REPLACE TEMP TABLE moving AS
SELECT article_id FROM moved
UNION
SELECT s.article_id FROM standing t JOIN signed s ON s.fingerprint_id = t.fingerprint_id WHERE t.leads <> t.led;

CREATE OR REPLACE TEMP TABLE asking AS
SELECT article_id FROM moving
UNION
SELECT article_id FROM copy_links WHERE earlier IN (SELECT article_id FROM moving);

CREATE OR REPLACE TEMP TABLE asked AS
SELECT DISTINCT s.fingerprint_id
FROM signed s
JOIN asking a ON a.article_id = s.article_id;

CREATE OR REPLACE TEMP TABLE asked_keys AS
SELECT k.key, k.fingerprint_id, k.key IN (SELECT key FROM crowded) AND c.key IS NULL AS follows
FROM copy_keys k
JOIN asked q ON q.fingerprint_id = k.fingerprint_id
LEFT JOIN crowded c ON c.key = k.key AND c.fingerprint_id = k.fingerprint_id;

CREATE OR REPLACE TEMP TABLE pairs AS
WITH beside AS (
    SELECT mine.key, mine.fingerprint_id AS mine, other.fingerprint_id AS theirs
    FROM asked_keys mine
    JOIN copy_keys other ON other.key = mine.key
    WHERE NOT mine.follows
    UNION ALL
    SELECT mine.key, mine.fingerprint_id, other.fingerprint_id
    FROM asked_keys mine
    JOIN crowded other ON other.key = mine.key
    WHERE mine.follows
), shared AS (
    SELECT
        mine, theirs, bool_or(key >= (SELECT band FROM limits)) AS banded,
        count(*) FILTER (WHERE key < (SELECT band FROM limits)) AS many
    FROM beside
    WHERE mine <> theirs
    GROUP BY mine, theirs
)
SELECT DISTINCT least(s.mine, s.theirs) AS one, greatest(s.mine, s.theirs) AS other
FROM shared s
JOIN fingerprints m ON m.fingerprint_id = s.mine
JOIN fingerprints t ON t.fingerprint_id = s.theirs
WHERE s.banded
    OR s.many >= (SELECT together FROM limits) AND s.many * (SELECT part FROM limits) >= least(m.traced, t.traced);
