-- What the articles say, with the event still open.
CREATE OR REPLACE TEMP TABLE new_mentions AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    mention_id: 'VARCHAR', article_id: 'VARCHAR', platform_id: 'VARCHAR', action: 'VARCHAR', status: 'VARCHAR', role: 'VARCHAR',
    date: 'DATE', date_precision: 'VARCHAR', date_basis: 'VARCHAR', place: 'VARCHAR', actor: 'VARCHAR', targets: 'VARCHAR[]',
    count_min: 'BIGINT', count_max: 'BIGINT', evidence_start: 'INTEGER', evidence_end: 'INTEGER', confidence: 'FLOAT', rule: 'VARCHAR',
    lexicon_version: 'VARCHAR', words: 'VARCHAR[]'
});
