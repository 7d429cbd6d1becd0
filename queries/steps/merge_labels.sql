-- Put labels, folded texts and signatures in place of what these articles had before.
UPDATE articles
SET relevant = l.relevant, text_fold = l.text_fold, title_fold = l.title_fold
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

DELETE FROM signed
WHERE article_id IN (SELECT article_id FROM labelled);

INSERT INTO signed
SELECT article_id, signature_id
FROM labelled
WHERE signature_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE new_signatures AS
SELECT signature_id, any_value(signature) AS signature, any_value(bands) AS bands
FROM labelled l
WHERE signature_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM signatures s WHERE s.signature_id = l.signature_id)
GROUP BY signature_id;

INSERT INTO signatures
SELECT signature_id, unhex(signature)
FROM new_signatures;

INSERT INTO bands
SELECT unnest(bands), signature_id
FROM new_signatures;
