-- Ids that the file published before this one has and this one lacks, and events of it that are none here: where their event went, or
-- nothing. Earlier answers are carried on, unless the id is back.
INSERT INTO former_ids
WITH lost AS (
    SELECT o.mention_id, o.article_id, o.event_id
    FROM old.mentions o
    WHERE NOT EXISTS (SELECT 1 FROM mentions m WHERE m.mention_id = o.mention_id)
), together AS (
    SELECT o.event_id, min(m.event_id) AS new_id
    FROM old.mentions o
    JOIN mentions m ON m.mention_id = o.mention_id
    GROUP BY o.event_id
), told AS (
    SELECT article_id, min(event_id) AS new_id
    FROM mentions
    WHERE role = 'main'
    GROUP BY article_id
), moved AS (
    SELECT
        l.mention_id AS old_id, coalesce(g.new_id, t.new_id) AS new_id,
        CASE WHEN a.article_id IS NULL THEN 'withdrawn' ELSE 'relabelled' END AS kind, (SELECT generation FROM snapshot) AS since,
        CASE WHEN a.article_id IS NULL THEN 'the article is not in this file' ELSE 'other rules read the article otherwise' END AS reason
    FROM lost l
    LEFT JOIN articles a ON a.article_id = l.article_id
    LEFT JOIN together g ON g.event_id = l.event_id
    LEFT JOIN told t ON t.article_id = l.article_id
), joined AS (
    SELECT
        e.event_id AS old_id, m.event_id AS new_id,
        CASE WHEN m.event_id IS NOT NULL THEN 'merged' WHEN m.event_by IS NULL THEN 'relabelled' ELSE 'rejected' END AS kind,
        (SELECT generation FROM snapshot) AS since,
        CASE
            WHEN m.event_id IS NOT NULL AND coalesce(m.event_by, 'machine') <> 'machine' THEN 'a person found that both are one event'
            WHEN m.event_id IS NOT NULL THEN 'as all is told now, both are one event'
            WHEN m.event_by IS NULL THEN 'other rules read the article otherwise'
            ELSE 'a person struck it out'
        END AS reason
    FROM old.events e
    JOIN mentions m ON m.mention_id = e.event_id
    WHERE NOT EXISTS (SELECT 1 FROM events n WHERE n.event_id = e.event_id)
), carried AS (
    SELECT f.old_id, event_of(f.new_id) AS new_id, f.kind, f.since, f.reason
    FROM old.former_ids f
)
SELECT * EXCLUDE (rank)
FROM (
    SELECT *, 1 AS rank FROM carried
    UNION ALL
    SELECT *, 2 AS rank FROM moved
    UNION ALL
    SELECT *, 3 AS rank FROM joined
)
WHERE old_id NOT IN (SELECT old_id FROM former_ids)
    AND old_id NOT IN (SELECT event_id FROM events)
    AND (kind IN ('merged', 'rejected') OR rank = 3 OR old_id NOT IN (SELECT mention_id FROM mentions))
    AND old_id NOT IN (SELECT article_id FROM articles)
QUALIFY row_number() OVER (PARTITION BY old_id ORDER BY rank DESC) = 1;
