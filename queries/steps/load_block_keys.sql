-- The keys of those blocks.
CREATE OR REPLACE TEMP TABLE new_block_keys AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    key: 'VARCHAR', strong: 'BOOLEAN', block: 'VARCHAR'
});
