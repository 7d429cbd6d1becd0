-- What the articles say, with the event still open.
CREATE OR REPLACE TEMP TABLE new_mentions AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    mention_id: 'VARCHAR', article_id: 'VARCHAR', platform_id: 'VARCHAR', action: 'VARCHAR', status: 'VARCHAR', role: 'VARCHAR',
    date: 'DATE', date_precision: 'VARCHAR', date_basis: 'VARCHAR', place: 'VARCHAR', actor: 'VARCHAR', targets: 'VARCHAR[]',
    count_min: 'BIGINT', count_max: 'BIGINT', count_unit: 'VARCHAR', count_text: 'VARCHAR', duration_days: 'INTEGER',
    duration_text: 'VARCHAR', reason: 'VARCHAR', date_end: 'DATE', evidence_start: 'INTEGER', evidence_end: 'INTEGER', evidence: 'VARCHAR',
    confidence: 'FLOAT', rule: 'VARCHAR', lexicon_version: 'VARCHAR', lexicon_digest: 'VARCHAR', words: 'VARCHAR[]'
});
