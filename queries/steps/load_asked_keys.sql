-- The keys of the mentions that are new or other than they were.
CREATE OR REPLACE TEMP TABLE asked_keys AS
SELECT DISTINCT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {key: 'VARCHAR', strong: 'BOOLEAN'});
