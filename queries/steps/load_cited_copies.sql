-- The answers of closing rounds, under each address that led to them.
CREATE OR REPLACE TEMP TABLE new_cited_copies AS
SELECT DISTINCT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {url_key: 'VARCHAR', capture_id: 'VARCHAR'});
