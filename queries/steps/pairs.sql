-- The signatures of those pairs, to be compared by pipelines/near.py.
SELECT p.one, p.other, s.signature, o.signature
FROM pairs p
JOIN signatures s ON s.signature_id = p.one
JOIN signatures o ON o.signature_id = p.other
ORDER BY p.one, p.other;
