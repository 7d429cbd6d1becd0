-- What leads from event to event, where it is another than it was.
CREATE OR REPLACE TEMP TABLE new_links AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    event_id: 'VARCHAR', follows: 'VARCHAR', ends: 'VARCHAR'
});
