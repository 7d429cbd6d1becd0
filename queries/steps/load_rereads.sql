-- Newer readings of captures that are held, one for each: the newest that found a text.
CREATE OR REPLACE TEMP TABLE new_rereads AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    capture_id: 'VARCHAR', reread_at: 'TIMESTAMPTZ', reread_digest: 'VARCHAR', reread_file: 'VARCHAR', reread_offset: 'BIGINT',
    reread_length: 'BIGINT'
})
QUALIFY row_number() OVER (PARTITION BY capture_id ORDER BY reread_at DESC, reread_file DESC, reread_offset DESC) = 1;
