-- A source without a card keeps its place under its bare name, switched off, so that no article is left without one.
DELETE FROM sources;

INSERT INTO sources
WITH named AS (
    SELECT * FROM cards
    UNION ALL BY NAME
    SELECT source_id, source_id AS title, 'ZZ' AS country, 'metadata' AS redistribution, false AS enabled
    FROM (
        SELECT source_id FROM captures
        UNION
        SELECT source_id FROM articles
        UNION
        SELECT source_id FROM night_sources
    )
    WHERE source_id NOT IN (SELECT source_id FROM cards)
), told AS (
    SELECT
        ns.source_id, min(ns.night_id) AS first_night,
        max(coalesce(n.ended_at, n.started_at)) FILTER (WHERE ns.verdict = 'well') AS last_well_at
    FROM night_sources ns
    LEFT JOIN nights n ON n.night_id = ns.night_id
    GROUP BY ns.source_id
)
SELECT
    named.source_id, title, kind, home, country, languages, keep, weekly_low, weekly_high, redistribution, enabled, first_night, last_well_at,
    status, cited
FROM named
LEFT JOIN told ON told.source_id = named.source_id
ORDER BY named.source_id;
