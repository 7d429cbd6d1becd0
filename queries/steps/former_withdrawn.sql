-- Withdrawn articles are named here and nowhere else.
INSERT INTO former_ids
SELECT unnest(CAST($ids AS VARCHAR[])), NULL, 'withdrawn', (SELECT generation FROM snapshot), 'taken from public view; the archive keeps it';
