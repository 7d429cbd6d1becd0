-- Addresses held that are most like $url, of the same host first: what to offer when there is no copy of it.
SELECT c.url, count(*) AS copies
FROM captures c
WHERE (c.article_id IS NOT NULL OR c.url_key IN (SELECT url_key FROM citations))
    AND split_part(c.url_key, '/', 1) = split_part(url_key(CAST($url AS VARCHAR)), '/', 1)
GROUP BY c.url, c.url_key
ORDER BY jaro_winkler_similarity(c.url_key, url_key(CAST($url AS VARCHAR))) DESC, c.url
LIMIT CAST($limit AS BIGINT);
