-- The tables of record, from the builder's file into the new one. The order makes look-ups quick: neighbours on disk are asked together.
INSERT INTO sources SELECT * FROM work.sources ORDER BY source_id;
INSERT INTO nights SELECT * FROM work.nights ORDER BY night_id;
INSERT INTO night_sources SELECT * FROM work.night_sources ORDER BY night_id, source_id;
INSERT INTO captures SELECT * FROM work.captures ORDER BY url_key, captured_at, capture_id;
INSERT INTO articles SELECT * FROM work.articles ORDER BY article_id;
INSERT INTO citations SELECT * FROM work.citations ORDER BY article_id, url_key;
INSERT INTO platforms SELECT * FROM work.platforms ORDER BY platform_id;
INSERT INTO platform_aliases SELECT * FROM work.platform_aliases ORDER BY alias_fold, alias, language, platform_id;
INSERT INTO actions SELECT * FROM work.actions ORDER BY action_id;
INSERT INTO mentions SELECT * FROM work.mentions ORDER BY event_id, mention_id;
INSERT INTO events SELECT * FROM work.events ORDER BY first_day, event_id;
INSERT INTO checks SELECT * FROM work.checks ORDER BY url_key, checked_at, check_id;
INSERT INTO vocab SELECT * FROM work.vocab ORDER BY domain, value;
INSERT INTO releases SELECT * FROM work.releases ORDER BY release;
INSERT INTO folds SELECT * FROM work.folds ORDER BY char;
