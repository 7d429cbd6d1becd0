-- Articles to be folded, labelled and signed: those with a new reading, or all of them.
SELECT article_id, title, text, published_on, published_precision, language
FROM articles
WHERE $all OR article_id IN (SELECT article_id FROM won)
ORDER BY article_id;
