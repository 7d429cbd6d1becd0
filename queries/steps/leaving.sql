-- Folded addresses of the pages that are withdrawn: by address, or by the id of an article or a capture.
CREATE OR REPLACE TEMP TABLE leaving_keys AS
SELECT unnest(CAST($keys AS VARCHAR[])) AS url_key
UNION
SELECT url_key FROM articles WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))
UNION
SELECT url_key FROM captures WHERE capture_id IN (SELECT unnest(CAST($ids AS VARCHAR[])));
