-- Articles that cite an address, newest first: id and address of each.
SELECT a.article_id, a.url
FROM citations t
JOIN articles a USING (article_id)
WHERE t.url_key = url_key(CAST($url AS VARCHAR))
ORDER BY t.first_cited_at DESC, a.article_id
LIMIT $limit;
