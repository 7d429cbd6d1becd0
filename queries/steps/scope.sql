-- The blocks that those mentions touch, by a key or because they were in them, and all mentions of these blocks.
CREATE OR REPLACE TEMP TABLE touched_blocks AS
SELECT DISTINCT b.block
FROM block_keys b
JOIN asked_keys a ON a.key = b.key
WHERE a.strong OR b.strong
UNION
SELECT p.block
FROM placed p
JOIN touched n ON n.mention_id = p.mention_id;

CREATE OR REPLACE TEMP TABLE scope AS
SELECT mention_id
FROM placed
WHERE block IN (SELECT block FROM touched_blocks)
UNION
SELECT mention_id
FROM touched;
