-- question: Which copies of one address are held?
-- parameter url: the address
-- columns: capture_id, captured_at, status, mime, record_type, payload_digest, text_digest, warc_file, warc_offset, warc_length, url
SELECT capture_id, captured_at, status, mime, record_type, payload_digest, text_digest, warc_file, warc_offset, warc_length, url
FROM archived(CAST($url AS VARCHAR));
