-- The last night inside, empty where there is none.
SELECT coalesce((SELECT max(night_id) FROM nights), (SELECT max(night_id) FROM captures), '');
