-- Every citation anew, for a copy may have come since, and the word lists may name another platform. The earliest good copy stands, since
-- it is nearest to what the article saw; a copy is what a closing round brought, or what is held of the address in any other way.
DELETE FROM citations;

INSERT INTO citations BY NAME
WITH told AS (
    SELECT c.*, regexp_extract(lower(c.url), '^https?://(?:[^/?#@]*@)?([^/?#:]+)', 1) AS host
    FROM cited c
    WHERE c.article_id IN (SELECT article_id FROM articles)
), domains AS (
    SELECT platform_id, unnest(domains) AS domain
    FROM platforms
), hosts AS (
    SELECT h.host, arg_max(d.platform_id, (length(d.domain), d.platform_id)) AS platform_id
    FROM (SELECT DISTINCT host FROM told) h
    JOIN domains d ON h.host = d.domain OR ends_with(h.host, '.' || d.domain)
    GROUP BY h.host
), copies AS (
    SELECT url_key, capture_id FROM cited_copies
    UNION
    SELECT url_key, capture_id FROM captures WHERE url_key IN (SELECT url_key FROM told)
), best AS (
    SELECT k.url_key, c.capture_id
    FROM copies k
    JOIN captures c ON c.capture_id = k.capture_id
    QUALIFY row_number() OVER (
        PARTITION BY k.url_key
        ORDER BY NOT (c.status BETWEEN 200 AND 299 AND NOT c.incomplete), c.status BETWEEN 300 AND 399, c.captured_at, c.capture_id
    ) = 1
)
SELECT t.article_id, t.url, t.url_key, h.platform_id, b.capture_id, t.cited_at AS first_cited_at
FROM told t
JOIN hosts h ON h.host = t.host
LEFT JOIN best b ON b.url_key = t.url_key;
