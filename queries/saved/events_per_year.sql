-- question: How many events did each platform meet in each year?
-- columns: platform_id, year, events, independent_sources
WITH told AS (
    SELECT e.event_id, unnest(e.platforms) AS platform_id, CAST(year(e.first_day) AS INTEGER) AS year
    FROM events e
    WHERE e.first_day IS NOT NULL
)
SELECT
    t.platform_id, t.year, count(DISTINCT t.event_id) AS events,
    count(DISTINCT a.source_id) FILTER (WHERE a.copy_of IS NULL) AS independent_sources
FROM told t
JOIN mentions m ON m.event_id = t.event_id
JOIN articles a ON a.article_id = m.article_id
GROUP BY t.platform_id, t.year
ORDER BY t.platform_id, t.year;
