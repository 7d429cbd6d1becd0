-- The fingerprints of those pairs, to be compared by pipelines/retold.py.
SELECT p.one, p.other, o.fingerprint, t.fingerprint
FROM pairs p
JOIN fingerprints o ON o.fingerprint_id = p.one
JOIN fingerprints t ON t.fingerprint_id = p.other;
