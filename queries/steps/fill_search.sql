-- The search tables, made anew for every file: numbers of articles, postings sorted by gram, distinct grams.
INSERT INTO search_docs
SELECT row_number() OVER (ORDER BY article_id), article_id, len(grams(title_fold || ' ' || text_fold))
FROM articles;

INSERT INTO search_grams
SELECT gram, doc, least(count(*), 32767)
FROM (
    SELECT d.doc, unnest(grams(a.title_fold || ' ' || a.text_fold)) AS gram
    FROM search_docs d
    JOIN articles a ON a.article_id = d.article_id
)
GROUP BY gram, doc
ORDER BY gram, doc;

INSERT INTO search_terms
SELECT gram, count(*)
FROM search_grams
GROUP BY gram
ORDER BY gram;
