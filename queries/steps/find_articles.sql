-- Articles by id, by the id of a capture, mention or event (whole or its beginning), or by address. The same columns as find_words.
WITH meant AS (
    SELECT article_id FROM articles WHERE $id IS NOT NULL AND starts_with(article_id, CAST($id AS VARCHAR))
    UNION
    SELECT article_id FROM captures WHERE $id IS NOT NULL AND starts_with(capture_id, CAST($id AS VARCHAR))
    UNION
    SELECT m.article_id FROM mentions m WHERE $id IS NOT NULL AND m.event_id IN (
        SELECT event_id FROM mentions WHERE starts_with(mention_id, CAST($id AS VARCHAR))
    )
    UNION
    SELECT article_id FROM articles WHERE $url IS NOT NULL AND url_key = url_key(CAST($url AS VARCHAR))
)
SELECT
    a.published_on, a.source_id, a.title, a.state, a.article_id AS id, a.language, CAST(NULL AS DOUBLE) AS score,
    substr(a.text, 1, 100) AS snippet, a.copy_of, a.url
FROM meant
JOIN articles a ON a.article_id = meant.article_id
ORDER BY a.published_on DESC NULLS LAST, a.article_id
LIMIT CAST($limit AS BIGINT);
