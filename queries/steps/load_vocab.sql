-- Closed lists.
CREATE OR REPLACE TEMP TABLE new_vocab AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    domain: 'VARCHAR', value: 'VARCHAR', label_en: 'VARCHAR', label_zh: 'VARCHAR', meaning: 'VARCHAR'
});
