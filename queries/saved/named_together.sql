-- question: Which platforms are restricted in the same article?
-- columns: a, b, articles
WITH named AS (
    SELECT DISTINCT article_id, platform_id
    FROM mentions
    WHERE role = 'main'
)
SELECT x.platform_id AS a, y.platform_id AS b, count(*) AS articles
FROM named x
JOIN named y ON y.article_id = x.article_id AND y.platform_id > x.platform_id
GROUP BY x.platform_id, y.platform_id
ORDER BY articles DESC, a, b;
