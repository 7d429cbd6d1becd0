-- question: How many events did one platform meet, month by month? Months without any are shown as 0.
-- parameter platform: the platform, by its id or a name in any language
-- parameter since: first day, as 2026-01-01
-- parameter until: last day, as 2026-12-31
-- columns: month, events
WITH months AS (
    SELECT CAST(unnest(generate_series(
        date_trunc('month', CAST($since AS DATE)), date_trunc('month', CAST($until AS DATE)), INTERVAL 1 MONTH
    )) AS DATE) AS month
), met AS (
    SELECT CAST(date_trunc('month', first_day) AS DATE) AS month, event_id
    FROM events
    WHERE list_contains(platforms, platform(CAST($platform AS VARCHAR)))
        AND precision IN ('day', 'month')
        AND first_day BETWEEN date_trunc('month', CAST($since AS DATE)) AND CAST($until AS DATE)
)
SELECT months.month, count(met.event_id) AS events
FROM months
LEFT JOIN met ON met.month = months.month
GROUP BY months.month
ORDER BY months.month;
