-- The mentions that are new or other than they were.
SELECT t.*
FROM tells t
JOIN touched n ON n.mention_id = t.mention_id
ORDER BY t.mention_id;
