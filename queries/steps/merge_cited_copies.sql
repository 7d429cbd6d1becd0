-- Put them beside the old ones.
INSERT INTO cited_copies BY NAME
SELECT *
FROM new_cited_copies n
WHERE NOT EXISTS (SELECT 1 FROM cited_copies c WHERE c.url_key = n.url_key AND c.capture_id = n.capture_id);
