-- A link leads from a copy to the earliest article whose text is alike; a copy points to where its links end. Earliest: by day of
-- publication where the day is known, else by the UTC day of the first capture; then by that capture, then by id.
CREATE OR REPLACE TEMP TABLE ranked AS
SELECT
    s.article_id, s.fingerprint_id, s.article_id IN (SELECT article_id FROM asking) AS asks, s.article_id IN (SELECT article_id FROM moving) AS moves,
    l.earlier,
    {
        'day': CASE WHEN a.published_precision = 'day' THEN a.published_on ELSE CAST(timezone('UTC', a.first_captured_at) AS DATE) END,
        'captured_at': a.first_captured_at,
        'article_id': a.article_id
    } AS place
FROM signed s
JOIN articles a ON a.article_id = s.article_id
LEFT JOIN copy_links l ON l.article_id = s.article_id;

CREATE OR REPLACE TEMP TABLE earliest AS
SELECT
    k.one AS fingerprint_id, r.moves, min(r.place) AS place,
    arg_min({'earlier': r.article_id, 'score': k.score, 'kind': k.kind}, r.place) AS link
FROM alike k
JOIN ranked r ON r.fingerprint_id = k.other
GROUP BY GROUPING SETS ((k.one), (k.one, r.moves));

CREATE OR REPLACE TEMP TABLE found AS
SELECT q.article_id, CASE WHEN e.place < r.place THEN e.link END AS link
FROM asking q
LEFT JOIN ranked r ON r.article_id = q.article_id
LEFT JOIN earliest e ON e.fingerprint_id = r.fingerprint_id AND e.moves IS NULL
UNION ALL
SELECT r.article_id, e.link
FROM ranked r
JOIN earliest e ON e.fingerprint_id = r.fingerprint_id AND e.moves
LEFT JOIN ranked o ON o.article_id = r.earlier
WHERE NOT r.asks AND e.place < r.place AND (o.place IS NULL OR e.place < o.place);

DELETE FROM copy_links WHERE article_id IN (SELECT article_id FROM found);
INSERT INTO copy_links
SELECT article_id, link.earlier, link.score, link.kind FROM found WHERE link IS NOT NULL;

-- Of several links on the way the loosest counts; `kind` here is its place in near, spun, translated.
CREATE OR REPLACE TEMP TABLE ended AS
WITH RECURSIVE steps AS (
    SELECT article_id, earlier, score, list_position(['near', 'spun', 'translated'], kind) AS kind FROM copy_links
), way AS (
    SELECT s.article_id, s.earlier AS original, s.score, s.kind
    FROM steps s
    WHERE NOT EXISTS (SELECT 1 FROM copy_links e WHERE e.article_id = s.earlier)
    UNION ALL
    SELECT s.article_id, w.original, least(s.score, w.score), greatest(s.kind, w.kind)
    FROM way w
    JOIN steps s ON s.earlier = w.article_id
)
SELECT a.article_id, w.original AS copy_of, w.score AS copy_score, ['near', 'spun', 'translated'][w.kind] AS copy_kind
FROM articles a
LEFT JOIN way w ON w.article_id = a.article_id
WHERE w.article_id IS NOT NULL OR a.copy_of IS NOT NULL;

UPDATE articles
SET copy_of = ended.copy_of, copy_score = ended.copy_score, copy_kind = ended.copy_kind
FROM ended
WHERE articles.article_id = ended.article_id
    AND (articles.copy_of, articles.copy_score, articles.copy_kind) IS DISTINCT FROM (ended.copy_of, ended.copy_score, ended.copy_kind);
