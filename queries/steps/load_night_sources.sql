-- New rows of night_sources. A source told twice in one night stands with the greater numbers, whichever record was read first.
CREATE OR REPLACE TEMP TABLE told_night_sources AS
WITH told AS (
    SELECT *
    FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
        night_id: 'VARCHAR', source_id: 'VARCHAR', asked: 'INTEGER', kept: 'INTEGER', revisits: 'INTEGER',
        dropped: 'MAP(VARCHAR, INTEGER)', failed: 'MAP(VARCHAR, INTEGER)', without_text: 'INTEGER', newest_published: 'DATE',
        verdict: 'VARCHAR', reason: 'VARCHAR'
    })
)
SELECT *
FROM (SELECT * FROM told UNION ALL SELECT n.* FROM night_sources n SEMI JOIN told t ON t.night_id = n.night_id AND t.source_id = n.source_id)
QUALIFY row_number() OVER (
    PARTITION BY night_id, source_id ORDER BY asked DESC NULLS LAST, kept DESC NULLS LAST, verdict, reason
) = 1;
