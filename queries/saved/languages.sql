-- question: In which languages is each platform written about? Copies are not counted.
-- columns: platform_id, language, articles, share
WITH told AS (
    SELECT m.platform_id, a.language, count(DISTINCT a.article_id) AS articles
    FROM mentions m
    JOIN articles a ON a.article_id = m.article_id
    WHERE m.role = 'main' AND a.copy_of IS NULL
    GROUP BY m.platform_id, a.language
)
SELECT platform_id, language, articles, round(articles / sum(articles) OVER (PARTITION BY platform_id), 4) AS share
FROM told
ORDER BY platform_id, articles DESC, language;
