-- Articles whose best reading is a new one: the best quality first, then the newest, then the greater id.
CREATE OR REPLACE TEMP TABLE won AS
SELECT *
FROM read_json($file, format = 'newline_delimited', maximum_object_size = $largest, columns = {
    article_id: 'VARCHAR', capture_id: 'VARCHAR', rank: 'INTEGER', captured_at: 'TIMESTAMPTZ', url: 'VARCHAR', url_key: 'VARCHAR',
    source_id: 'VARCHAR', title: 'VARCHAR', author: 'VARCHAR', published_on: 'DATE', published_at: 'TIMESTAMPTZ',
    published_precision: 'VARCHAR', published_from: 'VARCHAR', language: 'VARCHAR', language_rule: 'VARCHAR',
    language_confidence: 'FLOAT', text: 'VARCHAR', text_digest: 'VARCHAR', text_chars: 'INTEGER', extractor: 'VARCHAR', quality: 'VARCHAR',
    dates: 'MAP(VARCHAR, VARCHAR)', quality_score: 'FLOAT', flags: 'VARCHAR[]', authors: 'VARCHAR[]', agencies: 'VARCHAR[]',
    canonical_url: 'VARCHAR', section: 'VARCHAR', tags: 'VARCHAR[]', modified_on: 'DATE', modified_precision: 'VARCHAR',
    modified_at: 'TIMESTAMPTZ', lead_image: 'VARCHAR', licence: 'VARCHAR', read_by: 'VARCHAR'
})
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY rank DESC, captured_at DESC, capture_id DESC) = 1;
