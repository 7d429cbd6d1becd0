-- All that clustering sees of the mentions of the touched blocks.
SELECT t.*
FROM tells t
JOIN scope s ON s.mention_id = t.mention_id
ORDER BY t.mention_id;
