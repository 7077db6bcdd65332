/**
 * By version, what makes a file of that version one of the next. What earlier programs did not write is `null`.
 *
 * New members come behind the others, in the order of their schema, so that equal records stay equal texts.
 */
export const migrations: Readonly<Record<number, string>> = {
  2: `
UPDATE runs SET body = json_set(body,
  '$.usage', NULL, '$.requestMs', NULL, '$.timeToFirstTokenMs', NULL,
  '$.status', CASE
    WHEN body ->> '$.status' <> 'stopped' THEN body ->> '$.status'
    WHEN body ->> '$.stop' = 'cancelled' THEN 'cancelled'
    WHEN body ->> '$.stop' = 'requires_approval' THEN 'waiting_for_approval'
    ELSE 'failed' END);
UPDATE steps SET body = json_set(body,
  '$.progression', CASE
    WHEN body ->> '$.status' = 'done' THEN 'finished'
    WHEN body ->> '$.reply' IS NOT NULL THEN 'reply_received'
    ELSE 'started' END,
  '$.failure', NULL, '$.cost', NULL);
UPDATE traces SET body = json_set(body, '$.error', NULL, '$.tookMs', NULL);
`,
}
