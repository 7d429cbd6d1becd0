-- What the records of articles say that they cite.
CREATE OR REPLACE TEMP TABLE new_cited AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    article_id: 'VARCHAR', url_key: 'VARCHAR', url: 'VARCHAR', cited_at: 'TIMESTAMPTZ'
});
