-- Put the winning readings in; what was known of their articles before goes, to be told again by the steps that follow.
DELETE FROM won
WHERE EXISTS (
    SELECT 1
    FROM articles a
    JOIN captures c ON c.capture_id = a.capture_id
    WHERE a.article_id = won.article_id
        AND (CASE a.quality WHEN 'good' THEN 2 WHEN 'partial' THEN 1 ELSE 0 END, c.captured_at, a.capture_id)
            >= (won.rank, won.captured_at, won.capture_id)
);

DELETE FROM articles
WHERE article_id IN (SELECT article_id FROM won);

INSERT INTO articles BY NAME
SELECT
    article_id, capture_id, url, url_key, source_id, title, author, published_on, published_at, published_precision, published_from,
    language, language_rule, language_confidence, text, text_digest, text_chars, extractor, quality, dates, quality_score,
    flags, authors, agencies, canonical_url, section, tags, modified_on, modified_precision, modified_at, lead_image, licence, read_by
FROM won;
