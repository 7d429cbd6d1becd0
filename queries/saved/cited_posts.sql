-- question: Which posts do articles cite, and is there a copy?
-- columns: platform_id, cited, articles, first_cited_at, held, status, captured_at, capture_id, warc_file, warc_offset, warc_length
SELECT
    platform_id, min(cited) AS cited, count(DISTINCT article_id) AS articles, min(first_cited_at) AS first_cited_at,
    CASE
        WHEN any_value(capture_id) IS NULL THEN 'no answer'
        WHEN any_value(status) BETWEEN 200 AND 299 AND NOT any_value(incomplete) THEN 'copy'
        ELSE 'other answer'
    END AS held,
    any_value(status) AS status, any_value(captured_at) AS captured_at, capture_id, any_value(warc_file) AS warc_file,
    any_value(warc_offset) AS warc_offset, any_value(warc_length) AS warc_length
FROM cited_evidence
GROUP BY platform_id, url_key(cited), capture_id
ORDER BY articles DESC, first_cited_at, cited;
