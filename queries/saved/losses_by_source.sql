-- question: Which sources lose most pages? Confirmed losses only; those withheld for a legal demand are counted apart.
-- columns: source_id, articles, gone, withheld, share
WITH lost AS (
    SELECT
        source_id, count(DISTINCT article_id) FILTER (WHERE verdict <> 'withheld') AS gone,
        count(DISTINCT article_id) FILTER (WHERE verdict = 'withheld') AS withheld
    FROM deletions
    WHERE certainty = 'confirmed' AND returned_at IS NULL
    GROUP BY source_id
), kept AS (
    SELECT source_id, count(*) AS articles
    FROM articles
    GROUP BY source_id
)
SELECT
    k.source_id, k.articles, coalesce(l.gone, 0) AS gone, coalesce(l.withheld, 0) AS withheld,
    round(coalesce(l.gone, 0) / k.articles, 4) AS share
FROM kept k
LEFT JOIN lost l ON l.source_id = k.source_id
ORDER BY share DESC, k.source_id;
