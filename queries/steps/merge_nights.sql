-- Put the new nights in place of what was told of them before.
DELETE FROM nights
WHERE night_id IN (SELECT night_id FROM told_nights);

INSERT INTO nights
SELECT *
FROM told_nights;
