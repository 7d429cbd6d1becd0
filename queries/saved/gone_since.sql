-- question: Which pages are confirmed gone since a day? Pages that came back are left out.
-- parameter since: first day or instant, read as UTC
-- columns: title, url, verdict, basis, last_seen_alive_at, first_seen_gone_at, gone_checks
SELECT title, url, verdict, basis, last_seen_alive_at, first_seen_gone_at, gone_checks
FROM gone_since(CAST($since AS VARCHAR))
WHERE certainty = 'confirmed' AND returned_at IS NULL;
