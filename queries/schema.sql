-- The tables of the published index: fourteen of record, then six helpers. Every row can be cast again from the WARC files.
-- Instants are TIMESTAMPTZ in UTC, days are DATE with a precision beside them, closed lists are VARCHAR whose words stand in `vocab`.

-- Fourteen tables of record -------------------------------------------------------------------------------------------------------

CREATE TABLE sources (
    source_id VARCHAR PRIMARY KEY, title VARCHAR, kind VARCHAR, home VARCHAR, country VARCHAR, languages VARCHAR[], keep VARCHAR,
    weekly_low INTEGER, weekly_high INTEGER, redistribution VARCHAR, enabled BOOLEAN, first_night VARCHAR, last_well_at TIMESTAMPTZ,
    status VARCHAR, cited BOOLEAN
);
COMMENT ON TABLE sources IS 'The sites we watch, one row for each card or own source, and one for each source that only old WARC files name.';
COMMENT ON COLUMN sources.source_id IS 'Short name, chosen by hand and never given to another site.';
COMMENT ON COLUMN sources.title IS 'Name as readers know it.';
COMMENT ON COLUMN sources.kind IS 'What publishes it: news, rights-group, research or campaign.';
COMMENT ON COLUMN sources.home IS 'Address of the front page.';
COMMENT ON COLUMN sources.country IS 'Country of the publisher, ISO 3166 alpha-2; ZZ where there is none or it is not known.';
COMMENT ON COLUMN sources.languages IS 'Languages it publishes in, BCP 47.';
COMMENT ON COLUMN sources.keep IS 'Whether all its articles are kept or only relevant ones.';
COMMENT ON COLUMN sources.weekly_low IS 'Fewer new articles in a week than this raise a question.';
COMMENT ON COLUMN sources.weekly_high IS 'More new articles in a week than this raise a question.';
COMMENT ON COLUMN sources.redistribution IS 'How much of its text a release may carry: full, excerpt or metadata.';
COMMENT ON COLUMN sources.enabled IS 'Whether nights still visit it.';
COMMENT ON COLUMN sources.first_night IS 'night_id of the first night that asked it.';
COMMENT ON COLUMN sources.last_well_at IS 'End of the last night in which its verdict was well.';
COMMENT ON COLUMN sources.status IS 'Whether it still publishes: active, reduced or closed; empty where no card says so.';
COMMENT ON COLUMN sources.cited IS 'Whether the posts that its articles cite, and their images and style sheets, are kept with them.';

CREATE TABLE nights (
    night_id VARCHAR PRIMARY KEY, kind VARCHAR, started_at TIMESTAMPTZ, ended_at TIMESTAMPTZ, outcome VARCHAR, exit_code INTEGER,
    asked INTEGER, kept INTEGER, revisits INTEGER, dropped INTEGER, failed INTEGER, bytes_written BIGINT, config_digest VARCHAR, software VARCHAR
);
COMMENT ON TABLE nights IS 'Scheduled runs, one row each, as their own metadata records tell.';
COMMENT ON COLUMN nights.night_id IS 'Start in UTC, written as 14 digits.';
COMMENT ON COLUMN nights.kind IS 'What ran: crawl, recheck, night or ingest.';
COMMENT ON COLUMN nights.started_at IS 'When it began.';
COMMENT ON COLUMN nights.ended_at IS 'When it ended; empty if it was cut off.';
COMMENT ON COLUMN nights.outcome IS 'How it went: well, partial, nothing, interrupted or failed.';
COMMENT ON COLUMN nights.exit_code IS 'Exit code as it stood when the records of the night were sealed, before publishing.';
COMMENT ON COLUMN nights.asked IS 'Requests sent.';
COMMENT ON COLUMN nights.kept IS 'New captures of articles.';
COMMENT ON COLUMN nights.revisits IS 'Answers with a body that was held already.';
COMMENT ON COLUMN nights.dropped IS 'Pages left out by a rule; the reasons stand in night_sources.';
COMMENT ON COLUMN nights.failed IS 'Requests that brought no usable answer.';
COMMENT ON COLUMN nights.bytes_written IS 'Bytes added to WARC files.';
COMMENT ON COLUMN nights.config_digest IS 'sha256 of the settings in force.';
COMMENT ON COLUMN nights.software IS 'Name and version of the program that ran.';

CREATE TABLE night_sources (
    night_id VARCHAR, source_id VARCHAR, asked INTEGER, kept INTEGER, revisits INTEGER, dropped MAP(VARCHAR, INTEGER),
    failed MAP(VARCHAR, INTEGER), without_text INTEGER, newest_published DATE, verdict VARCHAR, reason VARCHAR,
    PRIMARY KEY (night_id, source_id)
);
COMMENT ON TABLE night_sources IS 'What one source gave in one night.';
COMMENT ON COLUMN night_sources.night_id IS 'The night.';
COMMENT ON COLUMN night_sources.source_id IS 'The source.';
COMMENT ON COLUMN night_sources.asked IS 'Requests sent to it.';
COMMENT ON COLUMN night_sources.kept IS 'New captures of its articles.';
COMMENT ON COLUMN night_sources.revisits IS 'Answers with a body that was held already.';
COMMENT ON COLUMN night_sources.dropped IS 'Pages left out: reason to count.';
COMMENT ON COLUMN night_sources.failed IS 'Requests without a usable answer: reason to count.';
COMMENT ON COLUMN night_sources.without_text IS 'Articles kept in which no text could be read.';
COMMENT ON COLUMN night_sources.newest_published IS 'Newest day of publication seen that night.';
COMMENT ON COLUMN night_sources.verdict IS 'How the source did: well, thin, flood, silent, blocked, disallowed or failing.';
COMMENT ON COLUMN night_sources.reason IS 'The verdict in one sentence for people.';

CREATE TABLE captures (
    capture_id VARCHAR PRIMARY KEY, article_id VARCHAR, url VARCHAR, url_key VARCHAR, captured_at TIMESTAMPTZ, status SMALLINT, mime VARCHAR,
    payload_digest VARCHAR, text_digest VARCHAR, warc_file VARCHAR, warc_offset BIGINT, warc_length BIGINT, text_offset BIGINT,
    text_length BIGINT, record_id VARCHAR, record_type VARCHAR, refers_to VARCHAR, incomplete BOOLEAN, source_id VARCHAR, night_id VARCHAR,
    reread_at TIMESTAMPTZ, reread_digest VARCHAR, reread_file VARCHAR, reread_offset BIGINT, reread_length BIGINT
);
COMMENT ON TABLE captures IS 'Archived answers, one row each: articles, feeds, robots.txt, redirects and error pages alike.';
COMMENT ON COLUMN captures.capture_id IS 'c and 20 hex digits of sha256 over url_key, the 14 digits of WARC-Date and payload digest.';
COMMENT ON COLUMN captures.article_id IS 'The article this answer shows; empty for feeds, redirects, error pages and answers cut short.';
COMMENT ON COLUMN captures.url IS 'Address as asked.';
COMMENT ON COLUMN captures.url_key IS 'Address folded for comparing, as url_key() folds it.';
COMMENT ON COLUMN captures.captured_at IS 'WARC-Date: the moment the first request byte went out.';
COMMENT ON COLUMN captures.status IS 'HTTP status.';
COMMENT ON COLUMN captures.mime IS 'Media type as served.';
COMMENT ON COLUMN captures.payload_digest IS 'sha256 of the body as received: transfer coding undone, content coding left.';
COMMENT ON COLUMN captures.text_digest IS 'sha256 of the clean text as it was read when the page was kept, where one was read.';
COMMENT ON COLUMN captures.warc_file IS 'WARC file, as a path below data/warc.';
COMMENT ON COLUMN captures.warc_offset IS 'First byte of the record in that file.';
COMMENT ON COLUMN captures.warc_length IS 'Compressed bytes of the record.';
COMMENT ON COLUMN captures.text_offset IS 'First byte of the conversion record that holds the clean text.';
COMMENT ON COLUMN captures.text_length IS 'Compressed bytes of the conversion record.';
COMMENT ON COLUMN captures.record_id IS 'WARC-Record-ID.';
COMMENT ON COLUMN captures.record_type IS 'response, or revisit where the body was held already.';
COMMENT ON COLUMN captures.refers_to IS 'For a revisit: capture_id of the record that holds the body.';
COMMENT ON COLUMN captures.incomplete IS 'Whether the answer was cut short, on the wire or by a limit.';
COMMENT ON COLUMN captures.source_id IS 'Source for which it was asked.';
COMMENT ON COLUMN captures.night_id IS 'Night in which it was asked.';
COMMENT ON COLUMN captures.reread_at IS 'When it was last read again, by newer rules that found a text; empty if never.';
COMMENT ON COLUMN captures.reread_digest IS 'sha256 of the clean text as it was read then.';
COMMENT ON COLUMN captures.reread_file IS 'WARC file that holds that text, as a path below data/warc.';
COMMENT ON COLUMN captures.reread_offset IS 'First byte of its conversion record in that file.';
COMMENT ON COLUMN captures.reread_length IS 'Compressed bytes of that record.';

CREATE TABLE articles (
    article_id VARCHAR PRIMARY KEY, capture_id VARCHAR, url VARCHAR, url_key VARCHAR, source_id VARCHAR, title VARCHAR, author VARCHAR,
    published_on DATE, published_at TIMESTAMPTZ, published_precision VARCHAR, published_from VARCHAR, language VARCHAR, language_rule VARCHAR,
    language_confidence FLOAT, text VARCHAR, text_fold VARCHAR, title_fold VARCHAR, text_digest VARCHAR, text_chars INTEGER, extractor VARCHAR,
    quality VARCHAR, relevant BOOLEAN, copy_of VARCHAR, first_captured_at TIMESTAMPTZ, last_captured_at TIMESTAMPTZ, captures INTEGER, state VARCHAR,
    dates MAP(VARCHAR, VARCHAR), quality_score FLOAT, flags VARCHAR[], authors VARCHAR[], agencies VARCHAR[], canonical_url VARCHAR,
    section VARCHAR, tags VARCHAR[], modified_on DATE, modified_precision VARCHAR, modified_at TIMESTAMPTZ, lead_image VARCHAR,
    licence VARCHAR, read_by VARCHAR, relevance_reason VARCHAR, copy_score FLOAT, copy_kind VARCHAR
);
COMMENT ON TABLE articles IS 'Articles, one row each, with the newest good text that was captured.';
COMMENT ON COLUMN articles.article_id IS 'a and 20 hex digits of sha256 over url_key.';
COMMENT ON COLUMN articles.capture_id IS 'Capture that this text and these facts come from.';
COMMENT ON COLUMN articles.url IS 'Address of that capture.';
COMMENT ON COLUMN articles.url_key IS 'Address folded for comparing.';
COMMENT ON COLUMN articles.source_id IS 'Source that published it.';
COMMENT ON COLUMN articles.title IS 'Headline, without the name of the site.';
COMMENT ON COLUMN articles.author IS 'Authors as printed, joined by a semicolon.';
COMMENT ON COLUMN articles.published_on IS 'Day of publication in the zone of the publisher; a month or a year stands as its first day.';
COMMENT ON COLUMN articles.published_at IS 'Moment of publication, only where the page states one with its zone.';
COMMENT ON COLUMN articles.published_precision IS 'How exact published_on is: day, month, year or none.';
COMMENT ON COLUMN articles.published_from IS 'Where the day was read: feed, sitemap, json-ld, meta, time, text, url or htmldate.';
COMMENT ON COLUMN articles.language IS 'Language of the text, BCP 47; und where it is not known.';
COMMENT ON COLUMN articles.language_rule IS 'What decided the language: page, seed, script, words, langdetect or none.';
COMMENT ON COLUMN articles.language_confidence IS 'Confidence in the language, 0 to 1.';
COMMENT ON COLUMN articles.text IS 'Clean text as published; empty where none could be read.';
COMMENT ON COLUMN articles.text_fold IS 'Text folded for search, never for display.';
COMMENT ON COLUMN articles.title_fold IS 'Title folded for search, never for display.';
COMMENT ON COLUMN articles.text_digest IS 'sha256 of the clean text.';
COMMENT ON COLUMN articles.text_chars IS 'Length of the clean text in code points.';
COMMENT ON COLUMN articles.extractor IS 'Reader that found the text, with its version.';
COMMENT ON COLUMN articles.quality IS 'How well the page was read: good, partial or failed.';
COMMENT ON COLUMN articles.relevant IS 'Whether it reports an act against a platform, by the rule of the word lists.';
COMMENT ON COLUMN articles.copy_of IS 'The original that this article repeats, in the same words, in other words or in another language; never a copy itself, and empty for an original.';
COMMENT ON COLUMN articles.first_captured_at IS 'First capture that shows it.';
COMMENT ON COLUMN articles.last_captured_at IS 'Last capture that shows it.';
COMMENT ON COLUMN articles.captures IS 'How many captures show it.';
COMMENT ON COLUMN articles.state IS 'Verdict of the newest check.';
COMMENT ON COLUMN articles.dates IS 'Every day that was stated for it: basis (feed, sitemap, json-ld and so on) to the ISO day or instant as stated, cut to its precision.';
COMMENT ON COLUMN articles.quality_score IS 'How far two readers agree on the text, 0 to 1; empty where one alone read it, 0 where the encoding is in doubt.';
COMMENT ON COLUMN articles.flags IS 'What to know before trusting the text: low-agreement, deep, no-text and so on; the words stand in vocab.';
COMMENT ON COLUMN articles.authors IS 'The people of author, each for itself; empty where none is named.';
COMMENT ON COLUMN articles.agencies IS 'News agencies that the byline names.';
COMMENT ON COLUMN articles.canonical_url IS 'Where the page itself says that it lives.';
COMMENT ON COLUMN articles.section IS 'Section of the site, as the page names it.';
COMMENT ON COLUMN articles.tags IS 'Keywords that the page gives itself.';
COMMENT ON COLUMN articles.modified_on IS 'Day of the last change in the zone of the publisher, where the page states one; a month or a year stands as its first day.';
COMMENT ON COLUMN articles.modified_precision IS 'How exact modified_on is: day, month, year or none.';
COMMENT ON COLUMN articles.modified_at IS 'Moment of the last change, only where the page states one with its zone.';
COMMENT ON COLUMN articles.lead_image IS 'Address of the image that the page puts first.';
COMMENT ON COLUMN articles.licence IS 'Licence as the page states it: an address or words; empty where it states none.';
COMMENT ON COLUMN articles.read_by IS 'Version of the rules by which the page was read.';
COMMENT ON COLUMN articles.relevance_reason IS 'Why it is, or why not, in one sentence.';
COMMENT ON COLUMN articles.copy_score IS 'How far it repeats copy_of, 0 to 1: for near the share of equal wording, else the share of the facts of the shorter text that stand in the other in the same order; where another copy lies between, the least on the way.';
COMMENT ON COLUMN articles.copy_kind IS 'In which way it repeats copy_of: near, spun or translated; where another copy lies between, the loosest on the way.';

CREATE TABLE citations (
    article_id VARCHAR, url VARCHAR, url_key VARCHAR, platform_id VARCHAR, capture_id VARCHAR, first_cited_at TIMESTAMPTZ,
    PRIMARY KEY (article_id, url_key)
);
COMMENT ON TABLE citations IS 'Posts, accounts, channels and videos on platforms that an article links to or shows, each with its copy where one is held.';
COMMENT ON COLUMN citations.article_id IS 'The article that cites it.';
COMMENT ON COLUMN citations.url IS 'Address as the article states it, without trackers; of an embed the address of the post.';
COMMENT ON COLUMN citations.url_key IS 'That address folded for comparing.';
COMMENT ON COLUMN citations.platform_id IS 'Platform to which the host belongs.';
COMMENT ON COLUMN citations.capture_id IS 'The earliest good copy of it, after redirects; where none is good the earliest answer, empty where none came.';
COMMENT ON COLUMN citations.first_cited_at IS 'First capture of the article in which it stands.';

CREATE TABLE platforms (
    platform_id VARCHAR PRIMARY KEY, name VARCHAR, owner VARCHAR, country VARCHAR, category VARCHAR, domains VARCHAR[], parent VARCHAR,
    status VARCHAR, former_names VARCHAR[]
);
COMMENT ON TABLE platforms IS 'Services that can be restricted, and a few classes of them; services, not the companies behind them.';
COMMENT ON COLUMN platforms.platform_id IS 'Key that stays.';
COMMENT ON COLUMN platforms.name IS 'Usual name.';
COMMENT ON COLUMN platforms.owner IS 'Company that runs it.';
COMMENT ON COLUMN platforms.country IS 'Home of the service, ISO 3166 alpha-2; ZZ where there is none.';
COMMENT ON COLUMN platforms.category IS 'What it is for: messaging, social, video and so on.';
COMMENT ON COLUMN platforms.domains IS 'Hosts that belong to it.';
COMMENT ON COLUMN platforms.parent IS 'Platform it is a part of.';
COMMENT ON COLUMN platforms.status IS 'active, closed or renamed.';
COMMENT ON COLUMN platforms.former_names IS 'Names it had before.';

CREATE TABLE platform_aliases (
    alias VARCHAR, alias_fold VARCHAR, language VARCHAR, platform_id VARCHAR, kind VARCHAR, ambiguous BOOLEAN, accept_if VARCHAR,
    PRIMARY KEY (alias, language, platform_id)
);
COMMENT ON TABLE platform_aliases IS 'How texts name platforms, language by language.';
COMMENT ON COLUMN platform_aliases.alias IS 'The name as written.';
COMMENT ON COLUMN platform_aliases.alias_fold IS 'The name folded, as search sees it.';
COMMENT ON COLUMN platform_aliases.language IS 'Language in which it is used, BCP 47.';
COMMENT ON COLUMN platform_aliases.platform_id IS 'Platform that it names.';
COMMENT ON COLUMN platform_aliases.kind IS 'alias, slang or former.';
COMMENT ON COLUMN platform_aliases.ambiguous IS 'Whether it needs a second sign before it counts.';
COMMENT ON COLUMN platform_aliases.accept_if IS 'That second sign, in words.';

CREATE TABLE actions (
    action_id VARCHAR PRIMARY KEY, name VARCHAR, family VARCHAR, level VARCHAR, definition VARCHAR, maps_to MAP(VARCHAR, VARCHAR)
);
COMMENT ON TABLE actions IS 'Kinds of measure, from a deleted post to a closed network.';
COMMENT ON COLUMN actions.action_id IS 'Key that stays.';
COMMENT ON COLUMN actions.name IS 'Label for readers.';
COMMENT ON COLUMN actions.family IS 'Measures that tell of one act when reports are joined to events.';
COMMENT ON COLUMN actions.level IS 'What is hit: content, account, group, feature, service, network and so on.';
COMMENT ON COLUMN actions.definition IS 'The sentence of the codebook.';
COMMENT ON COLUMN actions.maps_to IS 'The nearest category in other codebooks: codebook to category.';

CREATE TABLE mentions (
    mention_id VARCHAR PRIMARY KEY, article_id VARCHAR, platform_id VARCHAR, action VARCHAR, status VARCHAR, role VARCHAR, date DATE,
    date_precision VARCHAR, date_basis VARCHAR, place VARCHAR, actor VARCHAR, targets VARCHAR[], count_min BIGINT, count_max BIGINT,
    evidence_start INTEGER, evidence_end INTEGER, confidence FLOAT, rule VARCHAR, lexicon_version VARCHAR, event_id VARCHAR,
    count_unit VARCHAR, count_text VARCHAR, duration_days INTEGER, duration_text VARCHAR, reason VARCHAR, date_end DATE, evidence VARCHAR,
    lexicon_digest VARCHAR, event_by VARCHAR
);
COMMENT ON TABLE mentions IS 'One article saying one thing of one platform, with the words that say so.';
COMMENT ON COLUMN mentions.mention_id IS 'm and 20 hex digits of sha256 over article_id, platform_id, action and a running number in the text.';
COMMENT ON COLUMN mentions.article_id IS 'Article that says it.';
COMMENT ON COLUMN mentions.platform_id IS 'Platform it is said of.';
COMMENT ON COLUMN mentions.action IS 'Measure, an action_id.';
COMMENT ON COLUMN mentions.status IS 'done, threatened or lifted.';
COMMENT ON COLUMN mentions.role IS 'main where the article is about it, background where it recalls it.';
COMMENT ON COLUMN mentions.date IS 'Day it took effect in the zone of the place; a month or a year stands as its first day.';
COMMENT ON COLUMN mentions.date_precision IS 'How exact the date is: day, month, year or none.';
COMMENT ON COLUMN mentions.date_basis IS 'Where the date comes from: explicit, relative, pubdate or none.';
COMMENT ON COLUMN mentions.place IS 'Country in which it holds, ISO 3166 alpha-2.';
COMMENT ON COLUMN mentions.actor IS 'Who acted.';
COMMENT ON COLUMN mentions.targets IS 'Against whom.';
COMMENT ON COLUMN mentions.count_min IS 'Lower bound of how many were hit.';
COMMENT ON COLUMN mentions.count_max IS 'Upper bound of how many were hit.';
COMMENT ON COLUMN mentions.evidence_start IS 'First code point of the evidence in articles.text, counted from 0.';
COMMENT ON COLUMN mentions.evidence_end IS 'One past its last code point.';
COMMENT ON COLUMN mentions.confidence IS 'Share of such mentions that were right on labelled pages, 0 to 1; the codebook has the table.';
COMMENT ON COLUMN mentions.rule IS 'Rule that fired.';
COMMENT ON COLUMN mentions.lexicon_version IS 'Version of the word lists that were used.';
COMMENT ON COLUMN mentions.event_id IS 'Event it joined; empty for background without a date that no event claims, and for what a person struck out.';
COMMENT ON COLUMN mentions.count_unit IS 'What was counted: accounts, groups, posts and so on.';
COMMENT ON COLUMN mentions.count_text IS 'The number as written, as in more than 40 or 数十个.';
COMMENT ON COLUMN mentions.duration_days IS 'For how many days at least; empty where it is not told, or for ever.';
COMMENT ON COLUMN mentions.duration_text IS 'The length of time as written, as in for 30 days or 永久.';
COMMENT ON COLUMN mentions.reason IS 'Reason that the words beside the evidence give, an id of the word lists.';
COMMENT ON COLUMN mentions.date_end IS 'Last day of a wave or a range, as exact as date; a month or a year stands as its first day.';
COMMENT ON COLUMN mentions.evidence IS 'The evidence itself: exactly the code points of articles.text from evidence_start to evidence_end.';
COMMENT ON COLUMN mentions.lexicon_digest IS 'First 16 hex digits of the sha256 of those word lists.';
COMMENT ON COLUMN mentions.event_by IS 'Who put it there: machine, or the person whose decision in curation.toml did, or struck it out; empty where it joined none.';

CREATE TABLE events (
    event_id VARCHAR PRIMARY KEY, platforms VARCHAR[], action VARCHAR, status VARCHAR, place VARCHAR, first_day DATE, last_day DATE,
    precision VARCHAR, articles INTEGER, independent_sources INTEGER, title VARCHAR, follows VARCHAR, ends VARCHAR, reviewed_by VARCHAR,
    title_zh VARCHAR, headline VARCHAR, targets VARCHAR[], count_min BIGINT, count_max BIGINT, count_unit VARCHAR, mentions INTEGER,
    confidence FLOAT, note VARCHAR
);
COMMENT ON TABLE events IS 'The thing itself, as its mentions tell it.';
COMMENT ON COLUMN events.event_id IS 'mention_id of its earliest captured mention; event_of() leads from any of its mentions here.';
COMMENT ON COLUMN events.platforms IS 'All platforms hit by the act.';
COMMENT ON COLUMN events.action IS 'Measure, an action_id.';
COMMENT ON COLUMN events.status IS 'done, threatened or lifted.';
COMMENT ON COLUMN events.place IS 'Country in which it holds, ISO 3166 alpha-2.';
COMMENT ON COLUMN events.first_day IS 'Earliest day told of it; a month or a year stands as its first day.';
COMMENT ON COLUMN events.last_day IS 'Latest day told of it, the end of a wave included.';
COMMENT ON COLUMN events.precision IS 'How exact first_day is: day, month, year or none.';
COMMENT ON COLUMN events.articles IS 'Articles that tell of it, copies too.';
COMMENT ON COLUMN events.independent_sources IS 'Sources that tell of it in articles which copy no other.';
COMMENT ON COLUMN events.title IS 'One line made from the facts of this row, in English; it says so where no day is known.';
COMMENT ON COLUMN events.follows IS 'Event that threatened this one.';
COMMENT ON COLUMN events.ends IS 'Event that this one lifts.';
COMMENT ON COLUMN events.reviewed_by IS 'Person who looked at it, by the latest decision in curation.toml; empty where only the machine says so.';
COMMENT ON COLUMN events.title_zh IS 'The same line in Chinese.';
COMMENT ON COLUMN events.headline IS 'Headline of the earliest captured article that is about it, as printed.';
COMMENT ON COLUMN events.targets IS 'Groups that it hit, as a third or more of the articles say that name any.';
COMMENT ON COLUMN events.count_min IS 'Lower bound of how many were hit, as most of its mentions agree.';
COMMENT ON COLUMN events.count_max IS 'Upper bound of it; empty where none is told.';
COMMENT ON COLUMN events.count_unit IS 'What was counted: accounts, groups, posts and so on; the words stand in vocab.';
COMMENT ON COLUMN events.mentions IS 'Mentions that tell of it.';
COMMENT ON COLUMN events.confidence IS 'Chance that not every independent source was misread, 0 to 1: made of the best mention of each.';
COMMENT ON COLUMN events.note IS 'Remarks of those people.';

CREATE TABLE checks (
    check_id VARCHAR PRIMARY KEY, article_id VARCHAR, url VARCHAR, url_key VARCHAR, checked_at TIMESTAMPTZ, verdict VARCHAR, family VARCHAR,
    basis VARCHAR, notice_id VARCHAR, status SMALLINT, final_url VARCHAR, prior_capture_id VARCHAR, capture_id VARCHAR, similarity FLOAT,
    chars_added INTEGER, chars_removed INTEGER, title_changed BOOLEAN, disclosed BOOLEAN, vantage VARCHAR, warc_file VARCHAR,
    warc_offset BIGINT, warc_length BIGINT, rule_version VARCHAR, night_id VARCHAR
);
COMMENT ON TABLE checks IS 'Visits of kept pages, one row each, the first capture included; present or absent at a moment, never a date of deletion.';
COMMENT ON COLUMN checks.check_id IS 'k and 20 hex digits of sha256 over url_key, the 14 digits of checked_at and vantage.';
COMMENT ON COLUMN checks.article_id IS 'The page, as an article.';
COMMENT ON COLUMN checks.url IS 'Address as asked.';
COMMENT ON COLUMN checks.url_key IS 'Address folded for comparing.';
COMMENT ON COLUMN checks.checked_at IS 'When it was asked.';
COMMENT ON COLUMN checks.verdict IS 'What the visit found, one word of the vocab domain verdict.';
COMMENT ON COLUMN checks.family IS 'Family of the verdict: stands, gone, apart, refused or no_answer; only gone counts as gone.';
COMMENT ON COLUMN checks.basis IS 'The sign that decided, with its score.';
COMMENT ON COLUMN checks.notice_id IS 'Notice that matched, if one did.';
COMMENT ON COLUMN checks.status IS 'HTTP status of the answer.';
COMMENT ON COLUMN checks.final_url IS 'Address after redirects.';
COMMENT ON COLUMN checks.prior_capture_id IS 'Capture it was compared with; empty for the first visit.';
COMMENT ON COLUMN checks.capture_id IS 'Capture that this visit made, if any.';
COMMENT ON COLUMN checks.similarity IS 'Likeness of the two texts, 0 to 1.';
COMMENT ON COLUMN checks.chars_added IS 'Code points that the newer text has more.';
COMMENT ON COLUMN checks.chars_removed IS 'Code points that the newer text lost.';
COMMENT ON COLUMN checks.title_changed IS 'Whether the headline differs.';
COMMENT ON COLUMN checks.disclosed IS 'Whether the page shows a note of correction.';
COMMENT ON COLUMN checks.vantage IS 'Name of the place from which it was asked.';
COMMENT ON COLUMN checks.warc_file IS 'WARC file that holds the record of the visit, below data/warc.';
COMMENT ON COLUMN checks.warc_offset IS 'First byte of that record.';
COMMENT ON COLUMN checks.warc_length IS 'Compressed bytes of that record.';
COMMENT ON COLUMN checks.rule_version IS 'Version of the rules that gave the verdict.';
COMMENT ON COLUMN checks.night_id IS 'Night of the visit.';

CREATE TABLE vocab (domain VARCHAR, value VARCHAR, label_en VARCHAR, label_zh VARCHAR, meaning VARCHAR, PRIMARY KEY (domain, value));
COMMENT ON TABLE vocab IS 'Every closed list: the words that columns may hold, and what they mean.';
COMMENT ON COLUMN vocab.domain IS 'The list: verdict, outcome, precision and so on.';
COMMENT ON COLUMN vocab.value IS 'The word as it stands in the tables.';
COMMENT ON COLUMN vocab.label_en IS 'Label for English readers.';
COMMENT ON COLUMN vocab.label_zh IS 'Label for Chinese readers.';
COMMENT ON COLUMN vocab.meaning IS 'What the word says, in one sentence.';

CREATE TABLE releases (
    release VARCHAR PRIMARY KEY, released_at TIMESTAMPTZ, schema_version INTEGER, captures BIGINT, articles BIGINT, events BIGINT,
    sums_digest VARCHAR, doi VARCHAR, notes VARCHAR
);
COMMENT ON TABLE releases IS 'What was released before, so that a later file can be compared with it.';
COMMENT ON COLUMN releases.release IS 'Name of the release: vYYYY.MM.DD.';
COMMENT ON COLUMN releases.released_at IS 'When it was made.';
COMMENT ON COLUMN releases.schema_version IS 'Schema number of its file.';
COMMENT ON COLUMN releases.captures IS 'Rows of captures in it.';
COMMENT ON COLUMN releases.articles IS 'Rows of articles in it.';
COMMENT ON COLUMN releases.events IS 'Rows of events in it.';
COMMENT ON COLUMN releases.sums_digest IS 'sha256 of its SHA256SUMS.';
COMMENT ON COLUMN releases.doi IS 'DOI, if it was given one.';
COMMENT ON COLUMN releases.notes IS 'What changed, in words.';

-- Six helpers: useful, but promised to nobody -------------------------------------------------------------------------------------

CREATE TABLE snapshot (
    schema_version INTEGER, generation VARCHAR PRIMARY KEY, built_at TIMESTAMPTZ, software VARCHAR, lexicon_version VARCHAR, ledger_head VARCHAR
);
COMMENT ON TABLE snapshot IS 'One row about this very file.';
COMMENT ON COLUMN snapshot.schema_version IS 'Number of the schema; a program that knows only a smaller one must refuse the file.';
COMMENT ON COLUMN snapshot.generation IS 'Name of this publication, given once: night_id of the last night inside, and -2, -3 and so on when that night is published again.';
COMMENT ON COLUMN snapshot.built_at IS 'When the file was made.';
COMMENT ON COLUMN snapshot.software IS 'Name and version of the program that made it.';
COMMENT ON COLUMN snapshot.lexicon_version IS 'Version of the word lists that were used.';
COMMENT ON COLUMN snapshot.ledger_head IS 'Hash of the last line of the ledger when the file was made.';

CREATE TABLE former_ids (old_id VARCHAR PRIMARY KEY, new_id VARCHAR, kind VARCHAR, since VARCHAR, reason VARCHAR);
COMMENT ON TABLE former_ids IS 'Ids that were published once and moved or left since.';
COMMENT ON COLUMN former_ids.old_id IS 'The id as it was published.';
COMMENT ON COLUMN former_ids.new_id IS 'Where it went; empty where nothing took its place.';
COMMENT ON COLUMN former_ids.kind IS 'merged, relabelled, rejected or withdrawn.';
COMMENT ON COLUMN former_ids.since IS 'Release or generation that first lacks it.';
COMMENT ON COLUMN former_ids.reason IS 'Why, in one sentence.';

CREATE TABLE folds (char VARCHAR PRIMARY KEY, folded VARCHAR);
COMMENT ON TABLE folds IS 'How search folds characters; what is not listed stays as it is.';
COMMENT ON COLUMN folds.char IS 'One code point.';
COMMENT ON COLUMN folds.folded IS 'What search sees in its place; may be empty or longer than one character.';

CREATE TABLE search_docs (doc INTEGER PRIMARY KEY, article_id VARCHAR, length INTEGER);
COMMENT ON TABLE search_docs IS 'Articles, as search numbers them.';
COMMENT ON COLUMN search_docs.doc IS 'Number of the article, in this file only.';
COMMENT ON COLUMN search_docs.article_id IS 'The article.';
COMMENT ON COLUMN search_docs.length IS 'How many grams it has.';

CREATE TABLE search_terms (gram VARCHAR PRIMARY KEY, docs INTEGER);
COMMENT ON TABLE search_terms IS 'Distinct grams, in order.';
COMMENT ON COLUMN search_terms.gram IS 'A word, or two neighbouring characters of a script without blanks.';
COMMENT ON COLUMN search_terms.docs IS 'Articles that have it.';

CREATE TABLE search_grams (gram VARCHAR, doc INTEGER, hits SMALLINT);
COMMENT ON TABLE search_grams IS 'Where each gram stands, sorted by gram.';
COMMENT ON COLUMN search_grams.gram IS 'The gram.';
COMMENT ON COLUMN search_grams.doc IS 'Number of the article.';
COMMENT ON COLUMN search_grams.hits IS 'How often it stands there.';
