-- Events of the touched blocks as they are told now: what is the same stays, what is gone or other leaves, what is new or other comes in.
CREATE OR REPLACE TEMP TABLE other_events AS
SELECT *
FROM new_events
EXCEPT
SELECT * EXCLUDE (follows, ends)
FROM events;

DELETE FROM events
WHERE event_id IN (SELECT event_id FROM other_events)
    OR (
        event_id IN (SELECT p.event_id FROM placed p JOIN scope s ON s.mention_id = p.mention_id)
        AND event_id NOT IN (SELECT event_id FROM new_events)
    );

INSERT INTO events BY NAME
SELECT *
FROM other_events;

UPDATE mentions
SET event_id = p.event_id, event_by = p.event_by
FROM new_placed p
WHERE mentions.mention_id = p.mention_id
    AND (mentions.event_id IS DISTINCT FROM p.event_id OR mentions.event_by IS DISTINCT FROM p.event_by);

DELETE FROM block_keys
WHERE block IN (SELECT block FROM touched_blocks);

INSERT INTO block_keys
SELECT key, strong, block
FROM new_block_keys;

DELETE FROM placed
WHERE mention_id IN (SELECT mention_id FROM scope);

INSERT INTO placed
SELECT p.mention_id, hash(tells), p.block, p.event_id, p.event_by
FROM new_placed p
JOIN tells ON tells.mention_id = p.mention_id;
