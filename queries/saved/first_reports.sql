-- question: Who reported each event first, and how many days after it happened?
-- columns: event_id, source_id, published_on, lag_days
SELECT e.event_id, a.source_id, a.published_on, CASE WHEN e.precision = 'day' THEN date_diff('day', e.first_day, a.published_on) END AS lag_days
FROM events e
JOIN mentions m ON m.event_id = e.event_id
JOIN articles a ON a.article_id = m.article_id
WHERE a.copy_of IS NULL AND a.published_precision = 'day'
QUALIFY row_number() OVER (
    PARTITION BY e.event_id ORDER BY a.published_on, a.published_at NULLS LAST, a.first_captured_at, a.article_id
) = 1
ORDER BY a.published_on DESC, e.event_id;
