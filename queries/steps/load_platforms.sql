-- Platforms as the lexicon has them.
CREATE OR REPLACE TEMP TABLE new_platforms AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    platform_id: 'VARCHAR', name: 'VARCHAR', owner: 'VARCHAR', country: 'VARCHAR', category: 'VARCHAR', domains: 'VARCHAR[]',
    parent: 'VARCHAR', status: 'VARCHAR', former_names: 'VARCHAR[]'
});
