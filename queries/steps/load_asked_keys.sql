-- The keys of the mentions that are new or other than they were.
CREATE OR REPLACE TEMP TABLE asked_keys AS
WITH told AS (
    SELECT *
    FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {strong: 'VARCHAR[]', weak: 'VARCHAR[]'})
)
SELECT unnest(strong) AS key, true AS strong
FROM told
UNION ALL
SELECT unnest(weak), false
FROM told;
