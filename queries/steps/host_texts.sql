-- The newest texts of one host.
SELECT a.text
FROM articles a
LEFT JOIN captures c USING (capture_id)
WHERE a.text IS NOT NULL AND regexp_extract(a.url_key, '^[^/?]*') = $host
ORDER BY c.captured_at DESC, a.article_id
LIMIT $most;
