-- Articles with all words of $q that pass the filters (NULL: no filter), best first. $most caps the search itself; with a filter it must not.
SELECT
    a.published_on, a.source_id, a.title, a.state, a.article_id AS id, a.language, found.score, found.snippet, a.copy_of, a.url
FROM search(CAST($q AS VARCHAR), most := CAST($most AS BIGINT)) found
JOIN articles a ON a.article_id = found.article_id
WHERE ($platform IS NULL OR EXISTS (
        SELECT 1 FROM mentions m WHERE m.article_id = a.article_id AND m.role = 'main' AND m.platform_id = platform(CAST($platform AS VARCHAR))
    ))
    AND ($source IS NULL OR a.source_id = CAST($source AS VARCHAR))
    AND ($lang IS NULL OR a.language = CAST($lang AS VARCHAR) OR starts_with(a.language, CAST($lang AS VARCHAR) || '-'))
    AND ($since IS NULL OR coalesce(a.published_on, day_in(a.first_captured_at, 'UTC')) >= CAST($since AS DATE))
    AND ($until IS NULL OR coalesce(a.published_on, day_in(a.first_captured_at, 'UTC')) <= CAST($until AS DATE))
    AND (NOT CAST($gone AS BOOLEAN) OR EXISTS (SELECT 1 FROM deletions d WHERE d.article_id = a.article_id AND d.returned_at IS NULL))
ORDER BY found.score DESC, a.published_on DESC NULLS LAST, a.article_id
LIMIT CAST($limit AS BIGINT);
