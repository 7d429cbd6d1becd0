-- Names of platforms as the lexicon has them.
CREATE OR REPLACE TEMP TABLE new_platform_aliases AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    alias: 'VARCHAR', alias_fold: 'VARCHAR', language: 'VARCHAR', platform_id: 'VARCHAR', kind: 'VARCHAR', ambiguous: 'BOOLEAN',
    accept_if: 'VARCHAR'
});
