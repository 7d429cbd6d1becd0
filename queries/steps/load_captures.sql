-- New rows of captures. The same answer written twice within a second has one id: the first address in order of file and offset stands,
-- and before it one that shows an article: a feed may name itself as its own news, and the article's row needs its capture.
CREATE OR REPLACE TEMP TABLE new_captures AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    capture_id: 'VARCHAR', article_id: 'VARCHAR', url: 'VARCHAR', url_key: 'VARCHAR', captured_at: 'TIMESTAMPTZ', status: 'SMALLINT',
    mime: 'VARCHAR', payload_digest: 'VARCHAR', text_digest: 'VARCHAR', warc_file: 'VARCHAR', warc_offset: 'BIGINT',
    warc_length: 'BIGINT', text_offset: 'BIGINT', text_length: 'BIGINT', record_id: 'VARCHAR', record_type: 'VARCHAR',
    refers_to: 'VARCHAR', incomplete: 'BOOLEAN', source_id: 'VARCHAR', night_id: 'VARCHAR'
})
QUALIFY row_number() OVER (PARTITION BY capture_id ORDER BY article_id IS NULL, warc_file, warc_offset) = 1;
