-- question: Which changes does no note on the page admit? Those that took out most come first.
-- parameter since: first day or instant, read as UTC
-- columns: title, seen_between_from, seen_between_to, chars_removed, chars_added, similarity, from_capture_id, to_capture_id
SELECT title, seen_between_from, seen_between_to, chars_removed, chars_added, similarity, from_capture_id, to_capture_id
FROM edits
WHERE disclosed IS NOT TRUE AND seen_between_to >= timezone('UTC', CAST($since AS TIMESTAMP))
ORDER BY chars_removed DESC, seen_between_to, check_id;
