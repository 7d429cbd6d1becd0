-- The house's own words in place of those of the last build.
DELETE FROM platforms;
INSERT INTO platforms SELECT * FROM new_platforms ORDER BY platform_id;

DELETE FROM platform_aliases;
INSERT INTO platform_aliases SELECT * FROM new_platform_aliases ORDER BY alias_fold, alias, language, platform_id;

DELETE FROM actions;
INSERT INTO actions SELECT * FROM new_actions ORDER BY action_id;

DELETE FROM vocab;
INSERT INTO vocab SELECT * FROM new_vocab ORDER BY domain, value;

DELETE FROM folds;
INSERT INTO folds SELECT * FROM new_folds ORDER BY char;
