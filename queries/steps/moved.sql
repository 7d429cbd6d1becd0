-- Articles whose text, day or first capture may be another than at the last build.
CREATE OR REPLACE TEMP TABLE moved AS
SELECT article_id FROM counted WHERE other_first
UNION
SELECT article_id FROM labelled;
