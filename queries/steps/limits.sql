-- What brings two fingerprints together; the numbers are those of queries/repeats.py.
CREATE OR REPLACE TEMP TABLE limits AS
SELECT CAST($crowd AS BIGINT) AS crowd, CAST($together AS BIGINT) AS together, CAST($part AS BIGINT) AS part;
