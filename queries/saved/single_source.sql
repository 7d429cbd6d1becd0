-- question: Which events did only one source cover?
-- columns: event_id, title, first_day, source_id
SELECT e.event_id, e.title, e.first_day, min(a.source_id) AS source_id
FROM events e
JOIN mentions m ON m.event_id = e.event_id
JOIN articles a ON a.article_id = m.article_id
WHERE e.independent_sources = 1 AND a.copy_of IS NULL
GROUP BY e.event_id, e.title, e.first_day
ORDER BY e.first_day DESC NULLS LAST, e.event_id;
