-- Macros and views over the tables: the words analysts ask with. Made in the published file; the builder uses the macros too.
-- A view that makes a day from an instant says so, and makes it in UTC. Time spans are written in hours: days would follow the session zone.

-- Macros that give one value ------------------------------------------------------------------------------------------------------

CREATE MACRO day_in(ts, tz) AS CAST(timezone(tz, ts) AS DATE);
COMMENT ON MACRO day_in IS 'The day of an instant in a named zone: the only way an instant becomes a day. day_in(captured_at, ''UTC'').';

CREATE MACRO fold(x) AS (
    SELECT coalesce(string_agg(coalesce(f.folded, t.c), '' ORDER BY t.i), '')
    FROM (
        SELECT unnest(string_split(nfc_normalize(x), '')) AS c, generate_subscripts(string_split(nfc_normalize(x), ''), 1) AS i
    ) t
    LEFT JOIN folds f ON f.char = t.c
);
COMMENT ON MACRO fold IS 'Text as search sees it: case, width, vowel signs, Traditional and Simplified folded, one code point at a time.';

CREATE MACRO words(x) AS regexp_extract_all(
    regexp_replace(x, '([\p{Han}\p{Hiragana}\p{Katakana}\x{30FC}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+)', ' \1 ', 'g'),
    '[\p{L}\p{N}\p{M}]+'
);
COMMENT ON MACRO words IS 'List of words; a run of a script without blanks (Han, Kana, Hangul, Thai, Lao, Khmer, Burmese) is one word.';

CREATE MACRO unspaced(w) AS regexp_matches(w, '^[\p{Han}\p{Hiragana}\p{Katakana}\x{30FC}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]');
COMMENT ON MACRO unspaced IS 'Whether a word begins in a script that is written without blanks.';

CREATE MACRO grams(x) AS flatten(list_transform(words(x), lambda w:
    CASE WHEN unspaced(w) THEN list_transform(range(1, length(w) + 1), lambda i: substr(w, i, 2)) ELSE [w] END
));
COMMENT ON MACRO grams IS 'What search stores and asks: whole words, and pairs of neighbouring characters where a script has no blanks.';

CREATE MACRO url_key(u) AS regexp_replace(
    regexp_replace(
        lower(regexp_extract(regexp_replace(regexp_replace(u, '#.*$', ''), '^https?://(www\.)?', '', 'i'), '^[^/?]*'))
        || regexp_replace(regexp_replace(regexp_replace(u, '#.*$', ''), '^https?://(www\.)?', '', 'i'), '^[^/?]*', ''),
        '([?&])(utm_[^&]*|fbclid=[^&]*)', '\1', 'gi'
    ),
    '[/?&]+$', ''
);
COMMENT ON MACRO url_key IS 'An address folded for comparing: no scheme, www, fragment, tracking fields or ending slash; the host in lower case, path and query as they are.';

-- Inside these two, columns bear names that nobody asks with: `platform(alias)` and `event_of(mention_id)` mean the column of the query.
CREATE MACRO platform(p) AS coalesce(
    (
        SELECT min(its_id)
        FROM (SELECT platform_id AS its_id, alias_fold AS its_fold FROM platform_aliases WHERE NOT ambiguous)
        WHERE its_fold = fold(p)
    ),
    lower(trim(p))
);
COMMENT ON MACRO platform IS 'platform_id of a name in any language or script; an ambiguous name such as X stays what it is, in lower case.';

CREATE MACRO event_of(id) AS coalesce(
    (SELECT any_value(its_event) FROM (SELECT mention_id AS its_id, event_id AS its_event FROM mentions) WHERE its_id = id),
    (SELECT any_value(its_new_id) FROM (SELECT old_id AS its_old_id, new_id AS its_new_id FROM former_ids) WHERE its_old_id = id),
    id
);
COMMENT ON MACRO event_of IS 'The event of today that a mention, an event or a former id belongs to.';

CREATE MACRO sentence(body, a, b) AS trim(
    string_split_regex(substr(body, 1, a), '[。！？!?\n།؟۔]|\.\s')[-1]
    || substr(body, a + 1, b - a)
    || string_split_regex(substr(body, b + 1), '[。！？!?\n།؟۔]|\.\s')[1]
);
COMMENT ON MACRO sentence IS 'The sentence around the code points a to b of a text, counted from 0.';

-- Views ---------------------------------------------------------------------------------------------------------------------------

CREATE VIEW deletions AS
WITH seen AS (
    SELECT
        *,
        count(*) FILTER (WHERE family = 'stands') OVER (
            PARTITION BY article_id ORDER BY checked_at, check_id ROWS UNBOUNDED PRECEDING
        ) AS stood
    FROM checks
    WHERE family IN ('stands', 'gone')
), stand AS (
    SELECT article_id, stood, checked_at, coalesce(capture_id, prior_capture_id) AS capture_id
    FROM seen
    WHERE family = 'stands'
), gone AS (
    SELECT
        article_id, stood, min(checked_at) AS first_seen_gone_at, max(checked_at) AS last_checked_at, count(*) AS gone_checks,
        count(DISTINCT night_id) AS nights, count(DISTINCT vantage) AS vantages,
        coalesce(
            arg_max(verdict, checked_at) FILTER (WHERE verdict NOT IN ('gone', 'soft_gone', 'removed_unclear')),
            arg_max(verdict, checked_at)
        ) AS verdict,
        arg_max(basis, checked_at) AS basis, arg_max(capture_id, checked_at) AS capture_id
    FROM seen
    WHERE family = 'gone' AND stood > 0
    GROUP BY article_id, stood
)
SELECT
    g.article_id, a.source_id, a.title, a.url, g.verdict, g.basis, s.checked_at AS last_seen_alive_at, g.first_seen_gone_at,
    g.last_checked_at, r.checked_at AS returned_at, g.gone_checks, g.vantages,
    CASE
        WHEN g.gone_checks >= 3 AND g.last_checked_at - g.first_seen_gone_at >= INTERVAL 72 HOUR THEN 'confirmed'
        WHEN g.nights >= 2 THEN 'probable'
        ELSE 'suspected'
    END AS certainty,
    s.capture_id AS alive_capture_id, g.capture_id AS gone_capture_id
FROM gone g
JOIN stand s ON s.article_id = g.article_id AND s.stood = g.stood
LEFT JOIN stand r ON r.article_id = g.article_id AND r.stood = g.stood + 1
JOIN articles a ON a.article_id = g.article_id;
COMMENT ON VIEW deletions IS 'Pages that stood and were then seen gone, one row for each loss: an interval, never a date. Instants in UTC.';
COMMENT ON COLUMN deletions.article_id IS 'The article.';
COMMENT ON COLUMN deletions.source_id IS 'Its source.';
COMMENT ON COLUMN deletions.title IS 'Its headline.';
COMMENT ON COLUMN deletions.url IS 'Its address.';
COMMENT ON COLUMN deletions.verdict IS 'Newest verdict that names a ground, else the newest.';
COMMENT ON COLUMN deletions.basis IS 'Sign that decided the newest check.';
COMMENT ON COLUMN deletions.last_seen_alive_at IS 'Last visit that found it standing.';
COMMENT ON COLUMN deletions.first_seen_gone_at IS 'First visit after that which found it gone.';
COMMENT ON COLUMN deletions.last_checked_at IS 'Newest visit that found it gone.';
COMMENT ON COLUMN deletions.returned_at IS 'Visit that found it standing again; empty while it is gone.';
COMMENT ON COLUMN deletions.gone_checks IS 'Visits that found it gone.';
COMMENT ON COLUMN deletions.vantages IS 'Places from which it was seen gone.';
COMMENT ON COLUMN deletions.certainty IS 'suspected after one visit, probable after two nights, confirmed after three visits over 72 hours.';
COMMENT ON COLUMN deletions.alive_capture_id IS 'Capture of the last visit that found it standing.';
COMMENT ON COLUMN deletions.gone_capture_id IS 'Capture of what stood in its place.';

CREATE VIEW edits AS
SELECT
    k.check_id, k.article_id, a.source_id, a.title, a.url, k.prior_capture_id AS from_capture_id, k.capture_id AS to_capture_id,
    b.captured_at AS seen_between_from, k.checked_at AS seen_between_to, k.chars_added, k.chars_removed, k.similarity,
    k.title_changed, k.disclosed
FROM checks k
JOIN articles a ON a.article_id = k.article_id
LEFT JOIN captures b ON b.capture_id = k.prior_capture_id
WHERE k.verdict = 'edited' AND (k.chars_added > 0 OR k.chars_removed > 0 OR k.title_changed);
COMMENT ON VIEW edits IS 'Visits that found an article changed, each between two captures. Instants in UTC.';
COMMENT ON COLUMN edits.check_id IS 'The visit.';
COMMENT ON COLUMN edits.article_id IS 'The article.';
COMMENT ON COLUMN edits.source_id IS 'Its source.';
COMMENT ON COLUMN edits.title IS 'Its headline.';
COMMENT ON COLUMN edits.url IS 'Its address.';
COMMENT ON COLUMN edits.from_capture_id IS 'Capture before the change.';
COMMENT ON COLUMN edits.to_capture_id IS 'Capture after the change.';
COMMENT ON COLUMN edits.seen_between_from IS 'When the text before was captured.';
COMMENT ON COLUMN edits.seen_between_to IS 'When the change was seen.';
COMMENT ON COLUMN edits.chars_added IS 'Code points added.';
COMMENT ON COLUMN edits.chars_removed IS 'Code points taken out.';
COMMENT ON COLUMN edits.similarity IS 'Likeness of the two texts, 0 to 1.';
COMMENT ON COLUMN edits.title_changed IS 'Whether the headline changed.';
COMMENT ON COLUMN edits.disclosed IS 'Whether the page shows a note of correction.';

CREATE VIEW timeline AS
SELECT
    e.first_day AS day, 'event' AS what, unnest(e.platforms) AS platform_id, e.place, e.event_id, NULL::VARCHAR AS article_id,
    NULL::VARCHAR AS source_id, NULL::VARCHAR AS url_key, e.title
FROM events e
WHERE e.first_day IS NOT NULL
UNION ALL
SELECT a.published_on, 'report', m.platform_id, m.place, m.event_id, a.article_id, a.source_id, a.url_key, a.title
FROM mentions m
JOIN articles a ON a.article_id = m.article_id
WHERE m.role = 'main' AND a.copy_of IS NULL AND a.published_on IS NOT NULL
UNION ALL
SELECT CAST(timezone('UTC', c.checked_at) AS DATE), c.verdict, NULL, NULL, NULL, c.article_id, a.source_id, c.url_key, a.title
FROM checks c
JOIN articles a ON a.article_id = c.article_id;
COMMENT ON VIEW timeline IS 'Dated facts as one stream, a line for each platform: events, reports, visits. Count with count(DISTINCT event_id). Days of visits in UTC.';
COMMENT ON COLUMN timeline.day IS 'Day of the fact; for a visit in UTC.';
COMMENT ON COLUMN timeline.what IS 'event, report, or the verdict of a visit.';
COMMENT ON COLUMN timeline.platform_id IS 'Platform, for events and reports.';
COMMENT ON COLUMN timeline.place IS 'Country, for events and reports.';
COMMENT ON COLUMN timeline.event_id IS 'The event, for events and reports.';
COMMENT ON COLUMN timeline.article_id IS 'The article, for reports and visits.';
COMMENT ON COLUMN timeline.source_id IS 'Its source.';
COMMENT ON COLUMN timeline.url_key IS 'Its folded address: WHERE url_key = url_key(...) gives the whole life of an address.';
COMMENT ON COLUMN timeline.title IS 'Headline.';

CREATE VIEW source_health AS
WITH told AS (
    SELECT
        ns.source_id, count(*) AS nights, median(ns.kept) AS usual_kept, arg_max(ns.kept, n.started_at) AS last_kept,
        arg_max(ns.verdict, n.started_at) AS last_verdict, arg_max(ns.reason, n.started_at) AS last_reason,
        max(ns.newest_published) AS newest_published, max(n.started_at) AS last_night_at
    FROM night_sources ns
    JOIN nights n ON n.night_id = ns.night_id
    GROUP BY ns.source_id
)
SELECT
    s.source_id, s.title, s.last_well_at, t.last_night_at, t.last_kept, t.usual_kept, s.weekly_low, s.weekly_high, t.newest_published,
    t.last_verdict, t.last_reason,
    CASE
        WHEN s.enabled IS NOT TRUE THEN 'off'
        WHEN t.nights IS NULL THEN 'new'
        WHEN t.last_verdict <> 'well' THEN t.last_verdict
        WHEN t.nights >= 7 AND t.last_kept < 0.3 * t.usual_kept THEN 'thin'
        ELSE 'well'
    END AS health
FROM sources s
LEFT JOIN told t ON t.source_id = s.source_id;
COMMENT ON VIEW source_health IS 'How each source did in its last night, beside what is usual for it. Instants in UTC.';
COMMENT ON COLUMN source_health.source_id IS 'The source.';
COMMENT ON COLUMN source_health.title IS 'Its name.';
COMMENT ON COLUMN source_health.last_well_at IS 'End of the last night in which it was well.';
COMMENT ON COLUMN source_health.last_night_at IS 'Start of the last night that asked it.';
COMMENT ON COLUMN source_health.last_kept IS 'New captures in that night.';
COMMENT ON COLUMN source_health.usual_kept IS 'Median of new captures over its nights.';
COMMENT ON COLUMN source_health.weekly_low IS 'Fewer new articles in a week than this raise a question.';
COMMENT ON COLUMN source_health.weekly_high IS 'More new articles in a week than this raise a question.';
COMMENT ON COLUMN source_health.newest_published IS 'Newest day of publication ever seen on its pages.';
COMMENT ON COLUMN source_health.last_verdict IS 'Verdict of its last night.';
COMMENT ON COLUMN source_health.last_reason IS 'That verdict in one sentence.';
COMMENT ON COLUMN source_health.health IS 'well, or what is wrong: off, new, thin, flood, silent, blocked, disallowed or failing.';

CREATE VIEW articles_flat AS
WITH named AS (
    SELECT
        article_id, list_sort(list(DISTINCT platform_id)) AS platforms, list_sort(list(DISTINCT action)) AS actions,
        list_sort(list(DISTINCT event_id)) AS events, max(confidence) AS confidence
    FROM mentions
    WHERE role = 'main'
    GROUP BY article_id
), repeats AS (
    SELECT copy_of AS article_id, count(*) AS copies
    FROM articles
    WHERE copy_of IS NOT NULL
    GROUP BY copy_of
)
SELECT
    a.article_id, a.published_on, a.published_precision, s.title AS source, s.country AS source_country, a.language, a.title, a.author,
    n.platforms, n.actions, n.events, n.confidence, coalesce(r.copies, 0) AS copies, a.state, a.first_captured_at, a.last_captured_at,
    a.captures, a.quality, a.text_chars, a.url
FROM articles a
JOIN sources s ON s.source_id = a.source_id
LEFT JOIN named n ON n.article_id = a.article_id
LEFT JOIN repeats r ON r.article_id = a.article_id
WHERE a.copy_of IS NULL;
COMMENT ON VIEW articles_flat IS 'Articles that copy no other, with what they say in one row each: made for spreadsheets. Instants in UTC.';
COMMENT ON COLUMN articles_flat.article_id IS 'The article.';
COMMENT ON COLUMN articles_flat.published_on IS 'Day of publication in the zone of the publisher.';
COMMENT ON COLUMN articles_flat.published_precision IS 'How exact that day is: day, month, year or none.';
COMMENT ON COLUMN articles_flat.source IS 'Name of its source.';
COMMENT ON COLUMN articles_flat.source_country IS 'Country of its source, ISO 3166 alpha-2.';
COMMENT ON COLUMN articles_flat.language IS 'Language of the text, BCP 47.';
COMMENT ON COLUMN articles_flat.title IS 'Headline.';
COMMENT ON COLUMN articles_flat.author IS 'Authors as printed.';
COMMENT ON COLUMN articles_flat.platforms IS 'Platforms that it is about.';
COMMENT ON COLUMN articles_flat.actions IS 'Measures that it is about.';
COMMENT ON COLUMN articles_flat.events IS 'Events that it is about.';
COMMENT ON COLUMN articles_flat.confidence IS 'Highest confidence among its main mentions.';
COMMENT ON COLUMN articles_flat.copies IS 'Articles that copy it.';
COMMENT ON COLUMN articles_flat.state IS 'Verdict of the newest check.';
COMMENT ON COLUMN articles_flat.first_captured_at IS 'First capture.';
COMMENT ON COLUMN articles_flat.last_captured_at IS 'Last capture.';
COMMENT ON COLUMN articles_flat.captures IS 'How many captures show it.';
COMMENT ON COLUMN articles_flat.quality IS 'How well the page was read: good, partial or failed.';
COMMENT ON COLUMN articles_flat.text_chars IS 'Length of the text in code points.';
COMMENT ON COLUMN articles_flat.url IS 'Newest address.';

CREATE VIEW cited_evidence AS
SELECT
    n.article_id, a.source_id, a.published_on, a.title, a.url, n.platform_id, n.url AS cited, n.first_cited_at, n.capture_id, c.captured_at,
    c.status, c.incomplete, c.mime, c.payload_digest, c.warc_file, c.warc_offset, c.warc_length
FROM citations n
JOIN articles a ON a.article_id = n.article_id
LEFT JOIN captures c ON c.capture_id = n.capture_id;
COMMENT ON VIEW cited_evidence IS 'What articles cite, beside the copy that is held of it and the record that holds the copy. Instants in UTC.';
COMMENT ON COLUMN cited_evidence.article_id IS 'The article that cites it.';
COMMENT ON COLUMN cited_evidence.source_id IS 'Its source.';
COMMENT ON COLUMN cited_evidence.published_on IS 'Its day of publication.';
COMMENT ON COLUMN cited_evidence.title IS 'Its headline.';
COMMENT ON COLUMN cited_evidence.url IS 'Its address.';
COMMENT ON COLUMN cited_evidence.platform_id IS 'Platform on which the cited post, account or video stands.';
COMMENT ON COLUMN cited_evidence.cited IS 'Address of what is cited.';
COMMENT ON COLUMN cited_evidence.first_cited_at IS 'First capture of the article in which it stands.';
COMMENT ON COLUMN cited_evidence.capture_id IS 'The earliest good copy, else the earliest answer; empty where none came.';
COMMENT ON COLUMN cited_evidence.captured_at IS 'When that copy was made.';
COMMENT ON COLUMN cited_evidence.status IS 'HTTP status of the copy: 404 tells that it was gone before we came.';
COMMENT ON COLUMN cited_evidence.incomplete IS 'Whether the copy was cut short.';
COMMENT ON COLUMN cited_evidence.mime IS 'Media type of the copy.';
COMMENT ON COLUMN cited_evidence.payload_digest IS 'sha256 of the body of the copy.';
COMMENT ON COLUMN cited_evidence.warc_file IS 'WARC file that holds the copy, below data/warc.';
COMMENT ON COLUMN cited_evidence.warc_offset IS 'First byte of its record.';
COMMENT ON COLUMN cited_evidence.warc_length IS 'Compressed bytes of its record.';

-- Macros that give a table --------------------------------------------------------------------------------------------------------

CREATE MACRO archived(u) AS TABLE
SELECT
    c.capture_id, c.captured_at, c.status, c.mime, c.record_type, c.payload_digest, c.text_digest, c.warc_file, c.warc_offset,
    c.warc_length, c.url
FROM captures c
WHERE c.url_key = url_key(u)
ORDER BY c.captured_at, c.capture_id;
COMMENT ON MACRO TABLE archived IS 'Every capture of one address, oldest first.';

CREATE MACRO events_by_platform(p) AS TABLE
SELECT
    e.event_id, e.first_day, e.last_day, e.precision, e.action, e.status, e.place, e.platforms, e.articles, e.independent_sources, e.title
FROM events e
WHERE list_contains(e.platforms, platform(p))
ORDER BY e.first_day DESC NULLS LAST, e.event_id;
COMMENT ON MACRO TABLE events_by_platform IS 'Events of one platform, named in any language, newest first.';

CREATE MACRO coverage(event) AS TABLE
SELECT a.article_id, a.published_on, s.title AS source, s.kind, a.language, a.title, a.state, a.copy_of, min(a.url) AS url
FROM mentions m
JOIN articles a ON a.article_id = m.article_id
JOIN sources s ON s.source_id = a.source_id
WHERE m.event_id = event_of(event)
GROUP BY a.article_id, a.published_on, s.title, s.kind, a.language, a.title, a.state, a.copy_of
ORDER BY a.published_on NULLS LAST, a.article_id;
COMMENT ON MACRO TABLE coverage IS 'Articles that tell of one event, copies too, by day of publication.';

CREATE MACRO gone_since(since) AS TABLE
SELECT *
FROM deletions
WHERE first_seen_gone_at >= timezone('UTC', CAST(since AS TIMESTAMP))
ORDER BY first_seen_gone_at DESC, article_id;
COMMENT ON MACRO TABLE gone_since IS 'Losses first seen since a day or an instant, read as UTC, newest first.';

CREATE MACRO explain(event) AS TABLE
SELECT
    m.mention_id, m.article_id, a.source_id, a.published_on, c.captured_at, m.platform_id, m.action, m.status, m.role, m.date,
    m.date_basis, m.place, sentence(a.text, m.evidence_start, m.evidence_end) AS sentence,
    substr(a.text, m.evidence_start + 1, m.evidence_end - m.evidence_start) AS evidence, m.rule, m.lexicon_version, m.confidence, a.url,
    c.warc_file, c.warc_offset, c.warc_length, c.record_id, c.payload_digest
FROM mentions m
JOIN articles a ON a.article_id = m.article_id
LEFT JOIN captures c ON c.capture_id = a.capture_id
WHERE m.event_id = event_of(event) OR m.mention_id = event
ORDER BY c.captured_at, m.evidence_start, m.mention_id;
COMMENT ON MACRO TABLE explain IS 'Why we say that an event happened: each mention with its sentence, rule and WARC record. Any of its mentions names it; one that no event claims answers alone.';

CREATE MACRO search(q, most := 1000000) AS TABLE
WITH asked AS (
    SELECT unnest(regexp_extract_all(fold(q), '"[^"]+"|[^\s"]+')) AS raw
), terms AS (
    SELECT row_number() OVER () AS t, trim(replace(raw, '"', ''), '* ') AS term, suffix(raw, '*') AS open_ended
    FROM asked
    WHERE len(words(raw)) > 0
), pieces AS (
    SELECT t.t, p.w AS word, unspaced(p.w) AS cut, p.w = words(t.term)[-1] AND t.open_ended AS open_ended
    FROM terms t, LATERAL (SELECT unnest(words(t.term)) AS w) p
), needed AS (
    SELECT t, word AS stem, open_ended OR cut AS prefix
    FROM pieces
    WHERE NOT cut OR length(word) = 1
    UNION ALL
    SELECT t, unnest(list_transform(range(1, length(word)), lambda i: substr(word, i, 2))), false
    FROM pieces
    WHERE cut AND length(word) > 1
), stems AS (
    SELECT row_number() OVER () AS n, stem, prefix
    FROM (SELECT DISTINCT stem, prefix FROM needed)
), matched AS (
    SELECT s.n, d.gram, d.docs
    FROM stems s
    JOIN search_terms d ON d.gram = s.stem
    WHERE NOT s.prefix
    UNION ALL
    SELECT s.n, d.gram, d.docs
    FROM stems s
    JOIN search_terms d ON d.gram >= s.stem AND starts_with(d.gram, s.stem)
    WHERE s.prefix
), total AS (
    SELECT count(*) AS docs, avg(length) AS mean
    FROM search_docs
), found AS (
    SELECT
        g.doc, m.n,
        sum(ln((t.docs - m.docs + 0.5) / (m.docs + 0.5) + 1) * g.hits * 2.2 / (g.hits + 1.2 * (0.25 + 0.75 * d.length / t.mean))) AS score
    FROM matched m
    JOIN search_grams g ON g.gram = m.gram
    JOIN search_docs d ON d.doc = g.doc, total t
    GROUP BY g.doc, m.n
), kept AS (
    SELECT f.doc, sum(f.score) AS score
    FROM found f
    GROUP BY f.doc
    HAVING count(*) = (SELECT count(*) FROM stems)
), loose AS (
    SELECT t.term
    FROM terms t
    WHERE len(words(t.term)) > 1 OR length(t.term) <> length(words(t.term)[1]) OR (unspaced(t.term) AND length(t.term) > 2)
), checked AS (
    SELECT k.doc, k.score
    FROM kept k
    WHERE NOT EXISTS (SELECT 1 FROM loose)
    UNION ALL
    SELECT k.doc, k.score
    FROM (SELECT * FROM kept WHERE EXISTS (SELECT 1 FROM loose)) k
    JOIN search_docs d ON d.doc = k.doc
    JOIN articles a ON a.article_id = d.article_id
    WHERE NOT EXISTS (SELECT 1 FROM loose t WHERE NOT contains(a.title_fold || ' ' || a.text_fold, t.term))
), best AS (
    SELECT doc, score
    FROM checked
    ORDER BY score DESC, doc
    LIMIT most
)
SELECT
    c.article_id, c.published_on, c.source_id, c.language, c.title,
    substr(
        CASE WHEN length(c.text) = length(c.text_fold) THEN c.text ELSE c.text_fold END,
        greatest(instr(c.text_fold, f.term) - 30, 1), 100
    ) AS snippet,
    round(b.score, 3) AS score, c.copy_of, c.url
FROM best b
JOIN search_docs d ON d.doc = b.doc
JOIN articles c ON c.article_id = d.article_id, (SELECT term FROM terms ORDER BY t LIMIT 1) f
ORDER BY b.score DESC, c.published_on DESC NULLS LAST, c.article_id;
COMMENT ON MACRO TABLE search IS 'Articles with all these words, best first. "two words" stand side by side, block* has an open end; most := 20 stops early.';
