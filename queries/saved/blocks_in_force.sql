-- question: Which blocks have not been lifted so far, as the articles tell? Days are counted to the day the file was made, in UTC, where the first day is known to the day.
-- columns: event_id, platforms, place, first_day, days
SELECT
    e.event_id, e.platforms, e.place, e.first_day,
    CASE WHEN e.precision = 'day' THEN date_diff('day', e.first_day, day_in(s.built_at, 'UTC')) END AS days
FROM events e, snapshot s
WHERE e.action IN ('service_block', 'site_block', 'app_store_removal') AND e.status = 'done'
    AND NOT EXISTS (SELECT 1 FROM events later WHERE later.ends = e.event_id)
ORDER BY e.first_day NULLS LAST, e.event_id;
