import { faultFamilies } from '../../src/faults/catalogue-member.ts'
import { catalogue } from '../../src/faults/catalogue.ts'
import { differences } from './differences.ts'
import type { Sight, Sights } from './sight.ts'
import { clientNames } from './subjects.ts'

/** Everything that was seen, on every transport. */
export interface Conformance {
  readonly inProcess: Sights
  readonly throughProxy: Sights
}

const introduction = `# What clients see

One call of each client under each fault with its defaults, written by \`node tools/generate-conformance.ts\`; do not edit. Every call was really made: by the SDK of the dialect (\`openai\` or \`@anthropic-ai/sdk\`, without retries; for a stream a loop over its events, and the helper that puts it together) and \`fetch\` on the patched \`fetch\`, by \`node:http\` and axios on intercepted sockets, and by all of them once more on real sockets through \`shakedown proxy\` before a service that gives the same answers.

A cell is what the program of the client sees: what was said or how many bytes of a body came, then the error, its status and message, and in brackets the codes of the error and its causes. Times are virtual and count from the start; a signal gives up after 120 s, the SDKs after 30 s. The last column says where the proxy shows something else; where it says "the same", words and bytes agree for every client.
`

/** The page of all tables. */
export function renderConformance(seen: Conformance): string {
  const families = faultFamilies.flatMap((family) => {
    const ids = catalogue
      .filter((member) => member.family === family && member.id in seen.inProcess)
      .map(({ id }) => id)
    return ids.length === 0 ? [] : [table(family, ids, seen)]
  })
  return [introduction, ...families].join('\n')
}

function table(family: string, ids: readonly string[], { inProcess, throughProxy }: Conformance): string {
  const columns = clientNames.filter((name) => ids.some((id) => inProcess[id]?.[name] !== undefined))
  const rows = ids.map((id) => {
    const cells = columns.map((name) => inProcess[id]?.[name]?.words ?? '–')
    return [`\`${id}\``, ...cells.map(escaped), escaped(proxyCell(id, inProcess[id] ?? {}, throughProxy[id] ?? {}))]
  })
  const lines = [['fault', ...columns, 'through the proxy'], ['---', ...columns.map(() => '---'), '---'], ...rows]
  const title = `${family.charAt(0).toUpperCase()}${family.slice(1)}`
  return `## ${title}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}

type Seen = Readonly<Record<string, Sight>>

function proxyCell(id: string, inProcess: Seen, throughProxy: Seen): string {
  if (throughProxy['all'] !== undefined) return throughProxy['all'].words
  const differing = differingClients(inProcess, throughProxy)
  if (differing.length === 0) return 'the same'
  const reasons = differing.map((name) => whyOf(id, name) ?? 'not explained')
  const words = differing.map((name) => `${name}: ${throughProxy[name]?.words ?? 'nothing'}`)
  return `${words.join('; ')}. Why: ${[...new Set(reasons)].join('; ')}`
}

/** The clients that saw something else through the proxy, times apart. */
export function differingClients(inProcess: Seen, throughProxy: Seen): readonly string[] {
  return Object.keys(inProcess).filter((name) => {
    const one = inProcess[name]
    const other = throughProxy[name]
    return one === undefined || other === undefined || timeless(one) !== other.words || one.digest !== other.digest
  })
}

/** The argument for a difference. */
export function whyOf(id: string, client: string): string | undefined {
  return differences.find(({ ids, clients }) => ids.includes(id) && clients?.includes(client) !== false)?.why
}

function timeless({ words }: Sight): string {
  return words.replace(/ at \d+ ms$/, '')
}

/** Text for a cell: nothing in it is markup. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[|\\`*_[\]]/g, String.raw`\$&`)
}
