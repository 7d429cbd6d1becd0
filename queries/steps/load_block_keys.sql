-- The keys of those blocks.
CREATE OR REPLACE TEMP TABLE new_block_keys AS
WITH told AS (
    SELECT *
    FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
        block: 'VARCHAR', strong: 'VARCHAR[]', weak: 'VARCHAR[]'
    })
)
SELECT unnest(strong) AS key, true AS strong, block
FROM told
UNION ALL
SELECT unnest(weak), false, block
FROM told;
