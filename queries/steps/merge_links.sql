-- Put the new links in place of the old.
UPDATE events
SET follows = n.follows, ends = n.ends
FROM new_links n
WHERE events.event_id = n.event_id;
