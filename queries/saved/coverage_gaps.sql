-- question: In which nights did a source give nothing?
-- parameter since: first day or instant, read as UTC
-- columns: night_id, source_id, asked, kept, verdict, reason
SELECT ns.night_id, ns.source_id, ns.asked, ns.kept, ns.verdict, ns.reason
FROM night_sources ns
JOIN nights n ON n.night_id = ns.night_id
WHERE ns.kept = 0 AND n.started_at >= timezone('UTC', CAST($since AS TIMESTAMP))
ORDER BY ns.night_id, ns.source_id;
