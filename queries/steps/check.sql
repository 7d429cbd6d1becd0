-- What must be true of a file before readers get it: each line a claim, and how many rows break it.
SELECT claim, broken
FROM (
    SELECT 'each mention has its article' AS claim, count(*) AS broken
    FROM mentions m
    WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.article_id = m.article_id)
    UNION ALL
    SELECT 'each piece of evidence lies inside its text', count(*)
    FROM mentions m
    JOIN articles a ON a.article_id = m.article_id
    WHERE NOT (m.evidence_start >= 0 AND m.evidence_start < m.evidence_end AND m.evidence_end <= a.text_chars)
    UNION ALL
    SELECT 'each piece of evidence is what its text says there', count(*)
    FROM mentions m
    JOIN articles a ON a.article_id = m.article_id
    WHERE m.evidence IS DISTINCT FROM substr(a.text, m.evidence_start + 1, m.evidence_end - m.evidence_start)
    UNION ALL
    SELECT 'no range ends before it begins', count(*)
    FROM mentions
    WHERE date_end < date OR (date IS NULL AND date_end IS NOT NULL)
    UNION ALL
    SELECT 'each article has the capture its text comes from', count(*)
    FROM articles a
    WHERE NOT EXISTS (SELECT 1 FROM captures c WHERE c.capture_id = a.capture_id AND c.article_id = a.article_id)
    UNION ALL
    SELECT 'each article and capture has its source', count(*)
    FROM (SELECT source_id FROM articles UNION ALL SELECT source_id FROM captures)
    WHERE source_id NOT IN (SELECT source_id FROM sources)
    UNION ALL
    SELECT 'each event is told by its earliest mention', count(*)
    FROM events e
    WHERE NOT EXISTS (SELECT 1 FROM mentions m WHERE m.mention_id = e.event_id AND m.event_id = e.event_id)
    UNION ALL
    SELECT 'each event counts its mentions, has a title, and has a day or says that it has none', count(*)
    FROM events e
    LEFT JOIN (SELECT event_id, count(*) AS told FROM mentions GROUP BY event_id) m ON m.event_id = e.event_id
    WHERE e.mentions IS DISTINCT FROM m.told OR coalesce(e.title, '') = '' OR coalesce(e.title_zh, '') = ''
        OR (e.first_day IS NULL) <> (e.precision = 'none')
    UNION ALL
    SELECT 'each mention joined an event that is there', count(*)
    FROM mentions m
    WHERE m.event_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events e WHERE e.event_id = m.event_id)
    UNION ALL
    SELECT 'each copy points to an original that is there', count(*)
    FROM articles a
    WHERE a.copy_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles o WHERE o.article_id = a.copy_of)
    UNION ALL
    SELECT 'no copy points to a copy', count(*)
    FROM articles a
    JOIN articles o ON o.article_id = a.copy_of
    WHERE o.copy_of IS NOT NULL
    UNION ALL
    SELECT 'each copy says how far and in which way it repeats', count(*)
    FROM articles a
    WHERE (a.copy_of IS NULL) <> (a.copy_score IS NULL) OR (a.copy_of IS NULL) <> (a.copy_kind IS NULL)
    UNION ALL
    SELECT 'each citation has its article, its platform and the copy it names', count(*)
    FROM citations c
    WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.article_id = c.article_id)
        OR NOT EXISTS (SELECT 1 FROM platforms p WHERE p.platform_id = c.platform_id)
        OR (c.capture_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM captures k WHERE k.capture_id = c.capture_id))
    UNION ALL
    SELECT 'search numbers every article', abs((SELECT count(*) FROM search_docs) - (SELECT count(*) FROM articles))
)
WHERE broken > 0
ORDER BY claim;
