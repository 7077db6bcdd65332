import { type UpstreamKind, upstreamKinds } from '../contract/upstream-kind.ts'

const words: Readonly<Partial<Record<UpstreamKind, string>>> = { mcp: 'MCP server', other: 'upstream' }

/** What an upstream is to the agent, as readers call it: `model`, `MCP server`. */
export function upstreamNoun(kind: UpstreamKind): string {
  return words[kind] ?? kind
}

/** A name that says by itself of what it is, as a public edition gives them. */
const numbered = new RegExp(`^(?:${upstreamKinds.map(upstreamNoun).join('|')}) \\d+$`)

/** An upstream as a sentence names it: `the tool issue_refund`, `any model`; in a public edition `tool 1`. */
export function upstreamPhrase(kind: UpstreamKind, name: string): string {
  if (numbered.test(name)) return name
  return name === '*' ? `any ${upstreamNoun(kind)}` : `the ${upstreamNoun(kind)} ${name}`
}
