-- question: What share of pages was gone 7, 30 and 90 days after the first capture? Counts only pages that were looked at that late, or lost before.
-- columns: days, pages, gone, share
WITH spans AS (
    SELECT unnest([7, 30, 90]) AS days
), seen AS (
    SELECT article_id, min(checked_at) AS first_at, max(checked_at) AS last_at
    FROM checks
    WHERE family IN ('stands', 'gone')
    GROUP BY article_id
), lost AS (
    SELECT article_id, min(first_seen_gone_at) AS gone_at
    FROM deletions
    WHERE certainty = 'confirmed'
    GROUP BY article_id
), counted AS (
    SELECT
        sp.days, s.article_id, coalesce(l.gone_at <= s.first_at + INTERVAL 1 HOUR * (24 * sp.days), false) AS gone,
        s.last_at >= s.first_at + INTERVAL 1 HOUR * (24 * sp.days) AS looked
    FROM spans sp, seen s
    LEFT JOIN lost l ON l.article_id = s.article_id
)
SELECT
    sp.days, count(c.article_id) AS pages, count(c.article_id) FILTER (WHERE c.gone) AS gone,
    round(count(c.article_id) FILTER (WHERE c.gone) / nullif(count(c.article_id), 0), 4) AS share
FROM spans sp
LEFT JOIN counted c ON c.days = sp.days AND (c.gone OR c.looked)
GROUP BY sp.days
ORDER BY sp.days;
