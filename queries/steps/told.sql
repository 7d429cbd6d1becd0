-- All that clustering sees of each mention.
SELECT
    m.mention_id, m.article_id, a.source_id, a.first_captured_at, m.platform_id, m.action, coalesce(k.family, m.action) AS family, m.status,
    m.role, m.date, m.date_precision, m.date_basis, m.place, m.targets, a.title, a.copy_of
FROM mentions m
JOIN articles a ON a.article_id = m.article_id
LEFT JOIN actions k ON k.action_id = m.action
WHERE a.article_id NOT IN (SELECT unnest(CAST($without AS VARCHAR[])))
ORDER BY m.mention_id;
