-- question: Which sources are not well? Those switched off are left out.
-- columns: source_id, title, last_well_at, last_night_at, last_kept, usual_kept, health, last_reason
SELECT source_id, title, last_well_at, last_night_at, last_kept, usual_kept, health, last_reason
FROM source_health
WHERE health NOT IN ('well', 'off')
ORDER BY health, source_id;
