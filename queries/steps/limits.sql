-- What brings two fingerprints together; the numbers are those of queries/repeats.py.
CREATE OR REPLACE TEMP TABLE limits AS
SELECT CAST($leaders AS BIGINT) AS leaders, CAST($together AS BIGINT) AS together, CAST($part AS BIGINT) AS part, CAST($band AS UBIGINT) AS band;
