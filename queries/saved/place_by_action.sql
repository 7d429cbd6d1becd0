-- question: Which measures are taken in which country?
-- columns: place, action, events
SELECT place, action, count(*) AS events
FROM events
GROUP BY place, action
ORDER BY place NULLS LAST, events DESC, action;
