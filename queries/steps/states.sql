-- The newest verdict of every article that a new capture shows.
UPDATE articles
SET state = k.verdict
FROM (
    SELECT article_id, arg_max(verdict, (checked_at, check_id)) AS verdict
    FROM checks
    WHERE article_id IN (SELECT article_id FROM touched)
    GROUP BY article_id
) k
WHERE articles.article_id = k.article_id;
