import { visibleLine, visibleText } from '../visible-text.ts'

/** Characters that one piece of text may take; results.json holds it whole. */
const mostLetters = 600

const html: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Text of unknown origin for any place in a line of GitHub-flavoured Markdown, shortened where it is very long.
 *
 * Everything that would mark up, link, embed or call somebody is escaped: what agents print must stay text.
 */
export function markdownText(text: string): string {
  return htmlText(text)
    .replace(/[\\`*_[\]|~$]/g, String.raw`\$&`)
    .replace(/:(?=\/\/)|(?<=www)\./gi, String.raw`\$&`)
    .replace(/^(\s*)([#+=-])|^(\s*\d+)([.)])(?=\s|$)/, String.raw`$1$3\$2$4`)
}

/** The same for a line inside an HTML element, where Markdown is not parsed. */
export function htmlText(text: string): string {
  const letters = [...visibleLine(text)]
  const shown = letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : letters.join('')
  return (
    shown
      .replace(/[&<>]/g, (character) => html[character] ?? character)
      // Mentions and references are found in the text once it is parsed, so that no escape but this one stops them.
      .replace(/[@#](?=\w)/g, '$&&#8203;')
  )
}

/** A block that is shown and copied as it is; its fence is longer than any run of backticks inside. */
export function codeBlock(text: string, language: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length)
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run + 1)))
  return [`${fence}${language}`, visibleText(text), fence].join('\n')
}
