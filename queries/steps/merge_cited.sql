-- Put it beside what was known: each address once for an article, as the first capture states it.
CREATE OR REPLACE TEMP TABLE all_cited AS
SELECT article_id, url_key, arg_min(url, (cited_at, url)) AS url, min(cited_at) AS cited_at
FROM (SELECT * FROM cited UNION ALL BY NAME SELECT * FROM new_cited)
GROUP BY article_id, url_key;

DELETE FROM cited;
INSERT INTO cited BY NAME SELECT * FROM all_cited;
