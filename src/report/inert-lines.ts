/**
 * Printed text in which no line is a command to a CI service, whatever agents put into it.
 *
 * GitHub Actions takes orders from every log: `::set-output …` at the start of a line, `##[…]` anywhere in it; Azure
 * Pipelines and TeamCity have `##vso[…]` and `##teamcity[…]`.
 */
export function inertLines(text: string): string {
  return text.replace(/^([^\S\r\n\u2028\u2029]*):(?=:)/gm, '$1⟨U+003A⟩').replace(/##(?=\w*\[)/g, '#⟨U+0023⟩')
}
