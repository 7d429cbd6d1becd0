-- Articles whose best reading is a new one. Of each capture the newest reading that found a text counts: the rules of today, not of then;
-- a reading of a capture that is not held, for its file is missing, counts for nothing. Between captures: the best quality first, then the
-- newest, then the greater id.
CREATE OR REPLACE TEMP TABLE won AS
WITH read AS (
    SELECT *
    FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
        article_id: 'VARCHAR', capture_id: 'VARCHAR', read_at: 'TIMESTAMPTZ', rank: 'INTEGER', captured_at: 'TIMESTAMPTZ',
        url: 'VARCHAR', url_key: 'VARCHAR', source_id: 'VARCHAR', title: 'VARCHAR', author: 'VARCHAR', published_on: 'DATE',
        published_at: 'TIMESTAMPTZ', published_precision: 'VARCHAR', published_from: 'VARCHAR', language: 'VARCHAR', language_rule: 'VARCHAR',
        language_confidence: 'FLOAT', text: 'VARCHAR', text_digest: 'VARCHAR', text_chars: 'INTEGER', extractor: 'VARCHAR', quality: 'VARCHAR',
        dates: 'MAP(VARCHAR, VARCHAR)', quality_score: 'FLOAT', flags: 'VARCHAR[]', authors: 'VARCHAR[]', agencies: 'VARCHAR[]',
        canonical_url: 'VARCHAR', section: 'VARCHAR', tags: 'VARCHAR[]', modified_on: 'DATE', modified_precision: 'VARCHAR',
        modified_at: 'TIMESTAMPTZ', lead_image: 'VARCHAR', licence: 'VARCHAR', read_by: 'VARCHAR'
    }) r
    WHERE EXISTS (SELECT 1 FROM captures c WHERE c.capture_id = r.capture_id AND c.article_id = r.article_id)
    QUALIFY row_number() OVER (PARTITION BY article_id, capture_id ORDER BY rank > 0 DESC, read_at DESC) = 1
)
SELECT *
FROM read
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY rank DESC, captured_at DESC, capture_id DESC) = 1;
