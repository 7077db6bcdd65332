/**
 * Printed text in which no line is a command to a CI service, whatever agents put into it.
 *
 * GitHub Actions takes orders from every log: `::set-output …` at the start of a line, `##[…]` anywhere in it; Azure
 * Pipelines and TeamCity have `##vso[…]` and `##teamcity[…]`.
 */
export function inertLines(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1⟨U+003A⟩').replace(/##(?=\w*\[)/g, '#⟨U+0023⟩')
}

/** The same for a document of JSON, which stays the same value: none of its lines starts with a colon. */
export function inertJson(json: string): string {
  return json.replace(/##(?=\w*\[)/g, String.raw`#\u0023`)
}
