-- question: What came in since a release, source by source?
-- parameter release: name of the release as v2026.03.01, or a day or instant, read as UTC
-- columns: source_id, new_articles, new_captures
WITH line AS (
    SELECT coalesce(
        (SELECT released_at FROM releases WHERE release = CAST($release AS VARCHAR)),
        timezone('UTC', CAST(regexp_replace(CAST($release AS VARCHAR), '^v(\d{4})\.(\d\d)\.(\d\d)$', '\1-\2-\3') AS TIMESTAMP))
    ) AS at
), fresh AS (
    SELECT c.source_id, count(*) AS new_captures
    FROM captures c, line
    WHERE c.captured_at > line.at
    GROUP BY c.source_id
), written AS (
    SELECT a.source_id, count(*) AS new_articles
    FROM articles a, line
    WHERE a.first_captured_at > line.at
    GROUP BY a.source_id
)
SELECT f.source_id, coalesce(w.new_articles, 0) AS new_articles, f.new_captures
FROM fresh f
LEFT JOIN written w ON w.source_id = f.source_id
ORDER BY f.source_id;
