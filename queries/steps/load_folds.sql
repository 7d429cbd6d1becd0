-- The folding table.
CREATE OR REPLACE TEMP TABLE new_folds AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {char: 'VARCHAR', folded: 'VARCHAR'});
