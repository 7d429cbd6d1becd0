-- All that clustering sees of each mention, and which mentions are new, gone or other than it last saw them.
CREATE OR REPLACE TEMP TABLE tells AS
SELECT
    m.* EXCLUDE (event_id, event_by, actor, rule, lexicon_version), coalesce(k.family, m.action) AS family,
    w.words, a.source_id, a.first_captured_at AS captured_at, a.title, a.published_on AS published, a.published_precision, a.copy_of
FROM mentions m
JOIN articles a ON a.article_id = m.article_id
LEFT JOIN actions k ON k.action_id = m.action
LEFT JOIN told_words w ON w.mention_id = m.mention_id;

-- A mention that was labelled again has lost its event, whatever the labels say.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT coalesce(t.mention_id, p.mention_id) AS mention_id
FROM (SELECT mention_id, hash(tells) AS seen FROM tells) t
FULL JOIN placed p ON p.mention_id = t.mention_id
LEFT JOIN mentions m ON m.mention_id = t.mention_id
WHERE $all OR t.seen IS DISTINCT FROM p.seen OR m.event_id IS DISTINCT FROM p.event_id OR m.event_by IS DISTINCT FROM p.event_by;
