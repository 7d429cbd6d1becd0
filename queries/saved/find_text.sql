-- question: Which articles have these words? All must stand in it; "two words" side by side, block* with an open end.
-- parameter q: the words
-- parameter limit: at most this many, best first
-- columns: article_id, published_on, source_id, language, title, snippet, score, copy_of, url
SELECT article_id, published_on, source_id, language, title, snippet, score, copy_of, url
FROM search(CAST($q AS VARCHAR), most := CAST($limit AS BIGINT));
