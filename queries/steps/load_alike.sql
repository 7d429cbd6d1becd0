-- Pairs of signatures that are alike, both ways, and each with itself.
CREATE OR REPLACE TEMP TABLE alike AS
WITH told AS (
    SELECT *
    FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {one: 'UBIGINT', other: 'UBIGINT'})
)
SELECT one, other FROM told
UNION
SELECT other, one FROM told
UNION
SELECT DISTINCT s.signature_id, s.signature_id FROM signed s JOIN asking a ON a.article_id = s.article_id;
