-- The events of the blocks that were touched, and which mention joined which.
CREATE OR REPLACE TEMP TABLE new_events AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    event_id: 'VARCHAR', platforms: 'VARCHAR[]', action: 'VARCHAR', status: 'VARCHAR', place: 'VARCHAR', first_day: 'DATE',
    last_day: 'DATE', precision: 'VARCHAR', articles: 'INTEGER', independent_sources: 'INTEGER', title: 'VARCHAR', reviewed_by: 'VARCHAR',
    title_zh: 'VARCHAR', headline: 'VARCHAR', targets: 'VARCHAR[]', count_min: 'BIGINT', count_max: 'BIGINT', count_unit: 'VARCHAR',
    mentions: 'INTEGER', confidence: 'FLOAT', note: 'VARCHAR'
});
