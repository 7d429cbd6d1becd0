-- question: Why do we say so? Each sentence that tells of an event, the rule that read it, and the record that holds it.
-- parameter event: its id, or the id of any of its mentions
-- columns: mention_id, article_id, source_id, published_on, captured_at, platform_id, action, status, role, date, date_basis, place, sentence, evidence, rule, lexicon_version, confidence, url, warc_file, warc_offset, warc_length, record_id, payload_digest
SELECT
    mention_id, article_id, source_id, published_on, captured_at, platform_id, action, status, role, date, date_basis, place, sentence,
    evidence, rule, lexicon_version, confidence, url, warc_file, warc_offset, warc_length, record_id, payload_digest
FROM explain(CAST($event AS VARCHAR));
