import { declarationBadge } from '../../../src/report/badge/declaration-badge.ts'
import { verdictBadge } from '../../../src/report/badge/verdict-badge.ts'
import { renderCodeQuality } from '../../../src/report/code-quality/render-code-quality.ts'
import { renderCtrf } from '../../../src/report/ctrf/render-ctrf.ts'
import { annotations } from '../../../src/report/github/annotations.ts'
import { renderHtml } from '../../../src/report/html/render-html.ts'
import { renderJunit } from '../../../src/report/junit/render-junit.ts'
import { commentMarker, renderComment } from '../../../src/report/markdown/render-comment.ts'
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts'
import { summaryPicture } from '../../../src/report/picture/summary-picture.ts'
import { renderSarif } from '../../../src/report/sarif/render-sarif.ts'
import { renderBrief } from '../../../src/report/terminal/render-brief.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { visibleText } from '../../../src/report/visible-text.ts'
import { renderWebhook } from '../../../src/report/webhook/render-webhook.ts'
import type { Trends } from '../../../src/results/trends/trends.ts'
import { trendsOf } from '../../../src/results/trends/trends-of.ts'
import { type Parsed, parseXml } from '../_parse-xml.ts'
import { codeQualityFaults, ctrfFaults, sarifFaults } from '../_published-schemas.ts'
import { commandsIn } from '../_workflow-commands.ts'
import { markdownNodes } from '../markdown/_parse-markdown.ts'
import { acts } from './_acts.ts'
import { commandFaults, incidentFaults, incidentTypes } from './_commands-print.ts'
import type { Told } from './_document.ts'
import { type ReadEdition, leaks, namedEditionFaults, readEdition } from './_public-editions.ts'
import { type ReadPage, readHtml } from './_read-html.ts'
import { ownTexts, readStrictly } from './_strict-html.ts'

/** A document, and what of it several readings need. */
export interface Input extends Told {
  /** All its texts that others wrote, in order. */
  readonly fields: readonly string[]
  readonly trends: Trends
  readonly junit: string
  /** Badges and the summary picture. */
  readonly pictures: readonly string[]
  /** Whether the slow readings are made too: the page by Prettier's parser, reviews, and the page with names for all. */
  readonly isReadTwice: boolean
}

export function inputOf(told: Told, fields: readonly string[], isReadTwice: boolean): Input {
  const { results, environment } = told
  return {
    ...told,
    fields,
    trends: trendsOfTold(told),
    junit: renderJunit(results, environment.folder),
    pictures: [verdictBadge(results), declarationBadge(results), summaryPicture(results, environment)],
    isReadTwice,
  }
}

/** What is drawn from harmless words, to compare with. */
export interface Harmless {
  readonly page: ReadPage
  /** Styles and scripts of the page. */
  readonly own: readonly string[]
  /** Numbers of the fields that the page shows. */
  readonly shownFields: ReadonlySet<number>
  readonly junit: readonly string[]
  readonly markdown: ReadonlySet<string>
  readonly incidents: ReadonlySet<string>
  readonly picture: ReadonlySet<string>
  readonly edition: ReadEdition
}

export async function harmless(told: Told): Promise<Harmless> {
  const { results, environment, trends, junit, pictures } = inputOf(told, [], false)
  const html = renderHtml(results, environment, trends)
  const own = ownTexts(html)
  const page = readStrictly(html, own)
  return {
    page,
    own,
    shownFields: new Set([...page.text.matchAll(/\bw(\d+)w /g)].map(([, field]) => Number(field))),
    junit: shape(parseXml(junit)),
    // A node of a language of templates, which Prettier knows and GitHub does not.
    markdown: new Set([
      'liquidNode',
      ...(await markdownNodes(renderMarkdown(results, environment, trends))).map(({ type }) => type),
    ]),
    incidents: await incidentTypes(told),
    picture: new Set(pictures.flatMap((picture) => shape(parseXml(picture)))),
    edition: readEdition(told, null),
  }
}

/** What is wrong with the renderings of a document, in words; empty where all that others wrote is text. */
export async function faultsOf(input: Input, like: Harmless): Promise<string[]> {
  return [
    ...(await pageFaults(input, like)),
    ...xmlFaults(input, like),
    ...commandFaults(input),
    ...leaks(input),
    ...(input.isReadTwice ? await incidentFaults(input, like.incidents) : []),
    ...(input.isReadTwice ? namedEditionFaults(input, like.edition) : []),
    ...(await markdownFaults(input, like)),
    ...printedFaults(input),
    ...jsonFaults(input),
  ]
}

/** Trends over the same run a day before, whose names are hostile too. */
function trendsOfTold({ results, environment: { commit, node } }: Told): Trends {
  const earlier = {
    name: node,
    at: '2026-03-01T00:00:00.000Z',
    commit,
    results: { ...results, seed: results.seed + 1 },
  }
  const current = { name: 'this run', at: '2026-03-02T00:00:00.000Z', commit, results }
  return trendsOf(current, { runs: [earlier], unreadable: [{ name: node, scenario: node, sentence: node }] })
}

async function pageFaults(
  { results, environment, trends, fields, isReadTwice }: Input,
  like: Harmless,
): Promise<string[]> {
  const html = renderHtml(results, environment, trends)
  const page = readStrictly(html, like.own)
  const again = isReadTwice ? (await readHtml(html)).structure.filter((node) => node.startsWith('element ')) : null
  const hrefs = page.attributes.filter(([name]) => ['href', 'src', 'action', 'srcset'].includes(name))
  return [
    ...difference('HTML', page.structure.toSorted(), like.page.structure.toSorted()),
    ...(again === null ? [] : difference('HTML by Prettier', again.toSorted(), like.page.structure.toSorted())),
    ...(acts.test(html) ? ['HTML: a character that acts'] : []),
    ...hrefs
      .filter(([, value]) => !value.startsWith('#'))
      .map(([name, value]) => `HTML: ${name}="${value.slice(0, 80)}"`),
    ...missingFrom(plain(page.text), fields, like),
  ]
}

/** What is shown of a harmless text is shown of this one, to the letter, as far as nothing shortens it. */
function missingFrom(shown: string, fields: readonly string[], { shownFields }: Harmless): string[] {
  return fields.flatMap((text, field) => {
    if (!shownFields.has(field)) return []
    // A commit is cut to twelve letters, and parameters are shown as JSON, which spells some its own way.
    const [mark = '', start = ''] = visibleText(text.slice(0, 100)).split(/["\\⟨\s]/)
    const wanted = [...`${mark} ${start}`].slice(0, 9).join('')
    return shown.includes(wanted) ? [] : [`HTML: "${wanted}" is not shown`]
  })
}

/** Line ends are spaces in some places, and spelled out in others. */
function plain(text: string): string {
  return text.replace(/⟨U\+000[9A]⟩|\s/g, ' ').replace(/ +/g, ' ')
}

function xmlFaults({ junit, pictures }: Input, like: Harmless): string[] {
  return [
    ...difference('JUnit', shape(parseXml(junit)), like.junit),
    ...[junit, ...pictures].flatMap((file) => (acts.test(file) ? [`XML: a character that acts`] : [])),
    ...pictures.flatMap(({ length }) => (length > 200_000 ? [`picture: ${length} characters`] : [])),
    ...pictures
      .flatMap((picture) => shape(parseXml(picture)))
      .flatMap((each) => (like.picture.has(each) ? [] : [`picture: ${each}`])),
  ]
}

function shape({ name, attributes, children }: Parsed): string[] {
  return [`${name} ${Object.keys(attributes).join(' ')}`, ...children.flatMap(shape)]
}

async function markdownFaults({ results, environment, trends }: Input, like: Harmless): Promise<string[]> {
  const text = renderMarkdown(results, environment, trends)
  const nodes = await markdownNodes(text)
  const foreign = nodes.filter(({ type }) => !like.markdown.has(type))
  const html = nodes.flatMap(({ type, value }) => (type === 'html' ? [value ?? ''] : []))
  const open = html.filter((value) => !/^<\/details>$|^<details><summary>[^<>]*<\/summary>$/.test(value))
  const comment = renderComment(results, environment, 'job')
  return [
    // The rest is the summary; by what stands before it a later run finds its comment.
    ...(comment.startsWith(`${commentMarker('job')}\n`) && comment.length <= 65_536
      ? []
      : ['comment: not as it is found']),
    ...foreign.map(({ type, value }) => `Markdown: ${type} ${value ?? ''}`),
    ...open.map((value) => `Markdown: ${value}`),
    ...(acts.test(text) ? ['Markdown: a character that acts'] : []),
    ...(text.length > 61_000 ? [`Markdown: ${text.length} characters`] : []),
    ...(nodes.some(({ type, value }) => type === 'text' && /(?<!\w)@\w|#\d/.test(value ?? ''))
      ? ['Markdown: a call']
      : []),
  ]
}

/** What is printed: in a terminal, in a log, to the runner of GitHub. */
function printedFaults({ results, environment, trends }: Input): string[] {
  const printed = {
    terminal: renderTerminal(results, { colour: false, columns: 100 }, trends),
    colours: renderTerminal(results, { colour: true, columns: 60 }).replace(/\u001B\[(?:1;3\d|0)m/g, ''),
    brief: renderBrief(results, { colour: false }),
  }
  const lines = annotations(results, environment.folder)
  const commands = commandsIn(lines.join('\n'))
  return [
    ...Object.entries(printed).flatMap(([name, text]) => [
      ...(acts.test(text) ? [`${name}: a character that acts`] : []),
      ...commandsIn(text).map(({ command }) => `${name}: the order ${command}`),
    ]),
    ...(lines.some((line) => acts.test(line) || line.includes('\n')) ? ['annotations: a character that acts'] : []),
    ...(commands.length === lines.length && lines.length <= 20 ? [] : [`annotations: ${commands.length} commands`]),
    ...commands
      .filter(({ command }) => !['error', 'warning'].includes(command))
      .map(({ command }) => `annotations: the order ${command}`),
  ]
}

function jsonFaults({ results, environment }: Told): string[] {
  const documents = {
    SARIF: { text: renderSarif(results, environment.folder), faults: sarifFaults },
    CTRF: { text: renderCtrf(results, environment), faults: ctrfFaults },
    'code quality': { text: renderCodeQuality(results, environment.folder), faults: codeQualityFaults },
  }
  const named = Object.entries(documents)
  return [
    ...named.flatMap(([name, { text, faults }]) => faults(JSON.parse(text)).map((fault) => `${name}: ${fault}`)),
    ...named.flatMap(([name, { text }]) => [
      ...(acts.test(text) || stringsOf(JSON.parse(text)).some((each) => acts.test(each)) ? [`${name}: acts`] : []),
      ...(text.length > 3_000_000 ? [`${name}: ${text.length} characters`] : []),
    ]),
    ...webhookFaults(renderWebhook(results, null)),
    ...messagesOf(JSON.parse(documents.SARIF.text)).flatMap((message) =>
      /\]\(|(?<!\{)\{(?:\{\{)*(?!\{)/.test(message)
        ? [`SARIF: a link or a placeholder in ${message.slice(0, 80)}`]
        : [],
    ),
  ]
}

function webhookFaults(text: string): string[] {
  const { text: said } = JSON.parse(text)
  return [
    ...(acts.test(text) ? ['webhook: a character that acts'] : []),
    ...(text.length > 20_000 ? [`webhook: ${text.length} characters`] : []),
    ...(/[<>]|[@!]\w|:\/\/|\]\(/.test(said) ? [`webhook: ${said}`] : []),
  ]
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [key, ...stringsOf(each)])
}

function messagesOf(sarif: { runs: { results: { message: { text: string } }[] }[] }): string[] {
  return sarif.runs.flatMap(({ results }) => results.map(({ message }) => message.text))
}

function difference(name: string, found: readonly string[], wanted: readonly string[]): string[] {
  const at = wanted.findIndex((each, index) => each !== found[index])
  if (at < 0 && found.length === wanted.length) return []
  return [`${name}: "${found[at] ?? found.length}" in place of "${wanted[at] ?? wanted.length}" at ${at}`]
}
