-- The mentions of those blocks, each with its event and who put it there.
CREATE OR REPLACE TEMP TABLE new_placed AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    mention_id: 'VARCHAR', block: 'VARCHAR', event_id: 'VARCHAR', event_by: 'VARCHAR'
});
