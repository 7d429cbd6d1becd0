-- One row per visit of an article that a new capture shows. The first capture is the first observation; a later one stands if the body or
-- the text is that of the visit before; texts are compared as the newest rules read them, so that better rules are no edit. What an edit is, no rule of this version says: `unchecked`, and the copies are there to compare.
DELETE FROM checks
WHERE article_id IN (SELECT article_id FROM touched);

INSERT INTO checks BY NAME
WITH visits AS (
    SELECT
        c.*,
        'k' || substr(sha256(c.url_key || ' ' || strftime(timezone('UTC', c.captured_at), '%Y%m%d%H%M%S') || ' ' || $vantage), 1, 20) AS check_id,
        lag(c.capture_id) OVER line AS prior_capture_id, lag(c.payload_digest) OVER line AS prior_payload,
        coalesce(c.reread_digest, c.text_digest) AS words,
        last_value(coalesce(c.reread_digest, c.text_digest) IGNORE NULLS) OVER (line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS prior_text
    FROM captures c
    WHERE c.article_id IN (SELECT article_id FROM touched)
    WINDOW line AS (PARTITION BY c.article_id ORDER BY c.captured_at, c.capture_id)
), judged AS (
    SELECT
        *,
        CASE
            WHEN prior_capture_id IS NULL THEN 'first capture'
            WHEN status = 304 THEN 'not modified'
            WHEN record_type = 'revisit' OR payload_digest = prior_payload THEN 'same body'
            WHEN words = prior_text THEN 'same text'
            WHEN words IS NULL THEN 'no text to compare'
            ELSE 'text differs'
        END AS basis
    FROM visits
)
SELECT
    check_id, article_id, url, url_key, captured_at AS checked_at,
    CASE WHEN basis IN ('no text to compare', 'text differs') THEN 'unchecked' ELSE 'alive' END AS verdict,
    CASE WHEN basis IN ('no text to compare', 'text differs') THEN 'no_answer' ELSE 'stands' END AS family,
    basis, status, url AS final_url, prior_capture_id, capture_id, $vantage AS vantage, warc_file, warc_offset, warc_length,
    $rules AS rule_version, night_id
FROM judged
QUALIFY row_number() OVER (PARTITION BY check_id ORDER BY capture_id) = 1;
