-- Hosts whose articles may teach which lines recur, and how many with a text there are of each.
SELECT regexp_extract(url_key, '^[^/?]*') AS host, count(*) AS pages
FROM articles
WHERE text IS NOT NULL
GROUP BY host
HAVING pages >= $least AND host <> ''
ORDER BY host;
