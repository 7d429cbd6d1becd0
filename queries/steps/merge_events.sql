-- Events as they are told tonight in place of those of last night.
DELETE FROM events;

INSERT INTO events BY NAME
SELECT * EXCLUDE (mentions)
FROM new_events;

UPDATE mentions
SET event_id = joined.event_id
FROM (
    SELECT m.mention_id, n.event_id
    FROM mentions m
    LEFT JOIN (SELECT event_id, unnest(mentions) AS mention_id FROM new_events) n ON n.mention_id = m.mention_id
) joined
WHERE mentions.mention_id = joined.mention_id AND mentions.event_id IS DISTINCT FROM joined.event_id;
