-- Kinds of measure as the lexicon has them.
CREATE OR REPLACE TEMP TABLE new_actions AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    action_id: 'VARCHAR', name: 'VARCHAR', family: 'VARCHAR', level: 'VARCHAR', definition: 'VARCHAR', maps_to: 'MAP(VARCHAR, VARCHAR)'
});
