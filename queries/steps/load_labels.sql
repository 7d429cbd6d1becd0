-- What folding, labelling and taking the fingerprint gave for each article.
CREATE OR REPLACE TEMP TABLE labelled AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    article_id: 'VARCHAR', relevant: 'BOOLEAN', relevance_reason: 'VARCHAR', text_fold: 'VARCHAR', title_fold: 'VARCHAR', fingerprint: 'VARCHAR',
    fingerprint_id: 'UBIGINT', bands: 'UBIGINT[]', traces: 'UBIGINT[]'
});
