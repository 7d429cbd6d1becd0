-- The sources handed in, those that only the WARC files name, and what the nights say of them.
CREATE OR REPLACE TEMP TABLE cards AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    source_id: 'VARCHAR', title: 'VARCHAR', kind: 'VARCHAR', home: 'VARCHAR', country: 'VARCHAR', languages: 'VARCHAR[]', keep: 'VARCHAR',
    weekly_low: 'INTEGER', weekly_high: 'INTEGER', redistribution: 'VARCHAR', enabled: 'BOOLEAN', status: 'VARCHAR', cited: 'BOOLEAN'
});
