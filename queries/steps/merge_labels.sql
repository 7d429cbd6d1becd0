-- Put labels, folded texts and fingerprints in place of what these articles had before.
UPDATE articles
SET relevant = l.relevant, relevance_reason = l.relevance_reason, text_fold = l.text_fold, title_fold = l.title_fold
FROM labelled l
WHERE articles.article_id = l.article_id;

DELETE FROM mentions
WHERE article_id IN (SELECT article_id FROM labelled);

INSERT INTO mentions BY NAME
SELECT * EXCLUDE (words)
FROM new_mentions;

DELETE FROM told_words
WHERE mention_id NOT IN (SELECT mention_id FROM mentions) OR mention_id IN (SELECT mention_id FROM new_mentions);

INSERT INTO told_words
SELECT mention_id, words
FROM new_mentions
WHERE len(words) > 0;

CREATE OR REPLACE TEMP TABLE parted AS
SELECT DISTINCT fingerprint_id FROM signed WHERE article_id IN (SELECT article_id FROM labelled);

DELETE FROM signed
WHERE article_id IN (SELECT article_id FROM labelled);

INSERT INTO signed
SELECT article_id, fingerprint_id
FROM labelled
WHERE fingerprint_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE new_fingerprints AS
SELECT fingerprint_id, any_value(fingerprint) AS fingerprint, any_value(bands) AS bands, any_value(traces) AS traces
FROM labelled l
WHERE fingerprint_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fingerprints f WHERE f.fingerprint_id = l.fingerprint_id)
GROUP BY fingerprint_id;

INSERT INTO fingerprints
SELECT fingerprint_id, unhex(fingerprint), len(traces)
FROM new_fingerprints;

INSERT INTO copy_keys
SELECT unnest(list_concat(bands, traces)), fingerprint_id
FROM new_fingerprints;
