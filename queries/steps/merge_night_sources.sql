-- Put the new rows in place of what was told of them before.
DELETE FROM night_sources
USING told_night_sources t
WHERE night_sources.night_id = t.night_id AND night_sources.source_id = t.source_id;

INSERT INTO night_sources
SELECT *
FROM told_night_sources;
