-- Pairs of fingerprints that are alike, both ways, and each with itself.
CREATE OR REPLACE TEMP TABLE alike AS
WITH told AS (
    SELECT *
    FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
        one: 'UBIGINT', other: 'UBIGINT', score: 'FLOAT', kind: 'VARCHAR'
    })
)
SELECT one, other, score, kind FROM told
UNION
SELECT other, one, score, kind FROM told
UNION
SELECT fingerprint_id, fingerprint_id, CAST(1 AS FLOAT), 'near' FROM asked;
