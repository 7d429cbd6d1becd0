-- Say of each capture that was read again where its newest text lies. What its own record says of it stays.
UPDATE captures
SET reread_at = n.reread_at, reread_digest = n.reread_digest, reread_file = n.reread_file, reread_offset = n.reread_offset,
    reread_length = n.reread_length
FROM new_rereads n
WHERE captures.capture_id = n.capture_id;
