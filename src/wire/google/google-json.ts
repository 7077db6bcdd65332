import type { Reply } from '../reply.ts'

/**
 * A JSON reply as Google's front end writes it: indented by two, with a line feed at its end.
 *
 * Source of the form: answers printed by curl in ai.google.dev/gemini-api/docs and in public issue threads.
 */
export function googleReply(status: number, body: unknown, headers: Readonly<Record<string, string>>): Reply {
  const type = { 'content-type': 'application/json; charset=UTF-8' }
  return { status, headers: { ...type, ...headers }, body: `${JSON.stringify(body, null, 2)}\n` }
}

/** JSON on one line as the service streams it: a space after each colon, none after commas. */
export function oneLine(value: unknown): string {
  // Line feeds inside a text are escaped, so that those left are indentation.
  return JSON.stringify(value, null, 1).replaceAll(/\n */g, '')
}
