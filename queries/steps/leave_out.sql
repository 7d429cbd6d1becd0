-- Take the withdrawn pages out of a copy of the builder's file, with all their captures and everything said of them.
CREATE OR REPLACE TEMP TABLE leaving AS
SELECT article_id FROM articles WHERE url_key IN (SELECT url_key FROM leaving_keys);

CREATE OR REPLACE TEMP TABLE leaving_captures AS
SELECT capture_id FROM captures WHERE url_key IN (SELECT url_key FROM leaving_keys);

CREATE OR REPLACE TEMP TABLE moved AS
SELECT article_id FROM copy_links WHERE earlier IN (SELECT article_id FROM leaving);

DELETE FROM mentions WHERE article_id IN (SELECT article_id FROM leaving);
DELETE FROM citations WHERE article_id IN (SELECT article_id FROM leaving) OR url_key IN (SELECT url_key FROM leaving_keys);
DELETE FROM checks WHERE url_key IN (SELECT url_key FROM leaving_keys);
CREATE OR REPLACE TEMP TABLE parted AS
SELECT DISTINCT fingerprint_id FROM signed WHERE article_id IN (SELECT article_id FROM leaving);

DELETE FROM signed WHERE article_id IN (SELECT article_id FROM leaving);
DELETE FROM copy_links WHERE article_id IN (SELECT article_id FROM leaving);
DELETE FROM articles WHERE article_id IN (SELECT article_id FROM leaving);
DELETE FROM captures WHERE url_key IN (SELECT url_key FROM leaving_keys);

UPDATE captures SET refers_to = NULL WHERE refers_to IN (SELECT capture_id FROM leaving_captures);
UPDATE citations SET capture_id = NULL WHERE capture_id IN (SELECT capture_id FROM leaving_captures);
