-- A copy points to the earliest article whose text is alike. Earliest: by day of publication where the day is known, else by the UTC day
-- of the first capture; then by that capture, then by id.
CREATE OR REPLACE TEMP TABLE ranked AS
SELECT
    s.article_id, s.fingerprint_id, s.article_id IN (SELECT article_id FROM asking) AS asks, s.article_id IN (SELECT article_id FROM moving) AS moves,
    a.copy_of,
    {
        'day': CASE WHEN a.published_precision = 'day' THEN a.published_on ELSE CAST(timezone('UTC', a.first_captured_at) AS DATE) END,
        'captured_at': a.first_captured_at,
        'article_id': a.article_id
    } AS place
FROM signed s
JOIN articles a ON a.article_id = s.article_id;

CREATE OR REPLACE TEMP TABLE earliest AS
SELECT
    k.one AS fingerprint_id, r.moves, min(r.place) AS place,
    arg_min({'copy_of': r.article_id, 'copy_score': k.score, 'copy_kind': k.kind}, r.place) AS copy
FROM alike k
JOIN ranked r ON r.fingerprint_id = k.other
GROUP BY GROUPING SETS ((k.one), (k.one, r.moves));

CREATE OR REPLACE TEMP TABLE found AS
SELECT q.article_id, CASE WHEN e.place < r.place THEN e.copy END AS copy
FROM asking q
LEFT JOIN ranked r ON r.article_id = q.article_id
LEFT JOIN earliest e ON e.fingerprint_id = r.fingerprint_id AND e.moves IS NULL
UNION ALL
SELECT r.article_id, e.copy
FROM ranked r
JOIN earliest e ON e.fingerprint_id = r.fingerprint_id AND e.moves
LEFT JOIN ranked o ON o.article_id = r.copy_of
WHERE NOT r.asks AND e.place < r.place AND (o.place IS NULL OR e.place < o.place);

UPDATE articles
SET copy_of = found.copy.copy_of, copy_score = found.copy.copy_score, copy_kind = found.copy.copy_kind
FROM found
WHERE articles.article_id = found.article_id
    AND (articles.copy_of, articles.copy_score, articles.copy_kind)
        IS DISTINCT FROM (found.copy.copy_of, found.copy.copy_score, found.copy.copy_kind);
