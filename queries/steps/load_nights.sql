-- New rows of nights. A night told twice stands as the end that came last, whichever record was read first.
CREATE OR REPLACE TEMP TABLE told_nights AS
WITH told AS (
    SELECT *
    FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
        night_id: 'VARCHAR', kind: 'VARCHAR', started_at: 'TIMESTAMPTZ', ended_at: 'TIMESTAMPTZ', outcome: 'VARCHAR',
        exit_code: 'INTEGER', asked: 'INTEGER', kept: 'INTEGER', revisits: 'INTEGER', dropped: 'INTEGER', failed: 'INTEGER',
        bytes_written: 'BIGINT', config_digest: 'VARCHAR', software: 'VARCHAR'
    })
)
SELECT *
FROM (SELECT * FROM told UNION ALL SELECT * FROM nights WHERE night_id IN (SELECT night_id FROM told))
QUALIFY row_number() OVER (PARTITION BY night_id ORDER BY ended_at DESC NULLS LAST, asked DESC NULLS LAST, kept DESC NULLS LAST) = 1;
