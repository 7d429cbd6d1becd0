-- question: Who wrote about an event?
-- parameter event: its id, or the id of any of its mentions
-- columns: article_id, published_on, source, kind, language, title, state, copy_of, url
SELECT article_id, published_on, source, kind, language, title, state, copy_of, url
FROM coverage(CAST($event AS VARCHAR));
