-- question: Which events has no person confirmed? Least certain first.
-- columns: event_id, title, first_day, mentions, lowest, highest
SELECT e.event_id, e.title, e.first_day, count(*) AS mentions, min(m.confidence) AS lowest, max(m.confidence) AS highest
FROM events e
JOIN mentions m ON m.event_id = e.event_id
WHERE e.reviewed_by IS NULL
GROUP BY e.event_id, e.title, e.first_day
ORDER BY highest, lowest, e.event_id;
