-- All that linking sees of each event.
SELECT event_id, platforms, action, status, place, first_day, last_day, precision, targets, articles, independent_sources, follows, ends
FROM events
ORDER BY event_id;
