/** What usually breaks the properties of streams, and what to change; by name. */
export const streamRemedies: Readonly<Record<string, string>> = {
  'stream.whole-tool-call':
    'Usually a tool is run as soon as its arguments can be parsed: wait for the finish reason before running any tool.',
  'stream.rechunking':
    'Usually pieces of the network are taken for lines or frames: buffer bytes, decode them as one stream, and split at empty lines.',
  'stream.damaged-arguments':
    'Usually pieces of arguments are joined without a look, or repaired: check that they are a JSON object of the schema, and refuse the call otherwise.',
  'stream.error-frame':
    'Usually frames of an unknown shape are skipped: read error frames, and take the reply for a failure where one comes.',
  'stream.after-end': 'Usually the reader goes on until the connection closes: stop at the frame that ends the reply.',
  'stream.missing-end':
    'Usually the end of the connection is taken for the end of the reply: take a reply without a finish reason for a failure.',
}
