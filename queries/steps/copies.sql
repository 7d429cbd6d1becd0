-- Captures of one address, or those that an id (whole or its beginning) names, oldest first, each with what its article says.
WITH meant AS (
    SELECT capture_id FROM captures WHERE $url IS NOT NULL AND url_key = url_key(CAST($url AS VARCHAR))
    UNION
    SELECT capture_id FROM captures WHERE $id IS NOT NULL AND starts_with(capture_id, CAST($id AS VARCHAR))
    UNION
    SELECT c.capture_id
    FROM captures c
    WHERE $id IS NOT NULL AND starts_with(c.article_id, CAST($id AS VARCHAR))
    UNION
    SELECT a.capture_id
    FROM mentions m
    JOIN articles a ON a.article_id = m.article_id
    WHERE $id IS NOT NULL AND starts_with(m.mention_id, CAST($id AS VARCHAR))
    UNION
    SELECT capture_id FROM checks WHERE $id IS NOT NULL AND starts_with(check_id, CAST($id AS VARCHAR)) AND capture_id IS NOT NULL
)
SELECT
    c.url, c.captured_at, c.status, c.mime, c.payload_digest, c.warc_file, c.warc_offset, c.warc_length, c.record_id, c.record_type,
    c.capture_id, c.article_id, c.source_id, c.night_id, c.refers_to, c.incomplete, c.text_digest, c.text_offset, c.text_length,
    c.reread_at, c.reread_digest, c.reread_file, c.reread_offset, c.reread_length,
    a.title, a.author, a.published_on, a.published_precision, a.language, a.state, s.title AS source_title
FROM meant
JOIN captures c ON c.capture_id = meant.capture_id
LEFT JOIN articles a ON a.article_id = c.article_id
LEFT JOIN sources s ON s.source_id = c.source_id
ORDER BY c.captured_at, c.capture_id;
