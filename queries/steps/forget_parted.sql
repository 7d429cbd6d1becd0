-- Keys whose fingerprints, or the places of those, may be others than at the last build; then fingerprints that no article has any more go.
CREATE OR REPLACE TEMP TABLE lost AS
SELECT fingerprint_id FROM parted WHERE fingerprint_id NOT IN (SELECT fingerprint_id FROM signed);

CREATE OR REPLACE TEMP TABLE stirred AS
SELECT DISTINCT key
FROM copy_keys
WHERE fingerprint_id IN (
    SELECT fingerprint_id FROM parted
    UNION ALL
    SELECT s.fingerprint_id FROM signed s JOIN moved m ON m.article_id = s.article_id
);

DELETE FROM fingerprints WHERE fingerprint_id IN (SELECT fingerprint_id FROM lost);
DELETE FROM copy_keys WHERE fingerprint_id IN (SELECT fingerprint_id FROM lost);
