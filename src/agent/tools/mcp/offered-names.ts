import { createHash } from 'node:crypto'

/** The longest name of a tool that all model services take. */
const longest = 64

/**
 * The names under which a model is offered the tools of a server, by the names there.
 *
 * Servers may call their tools what models services do not take: such characters become `_`, and what is too long is
 * cut, with a part of its hash behind it.
 *
 * @throws {TypeError} one sentence, where two would have the same name
 */
export function offeredNames(names: readonly string[], prefix: string): ReadonlyMap<string, string> {
  const offered = new Map<string, string>()
  for (const name of names) {
    const own = offeredName(prefix + name)
    const other = [...offered].find(([, taken]) => taken === own)?.[0]
    if (other !== undefined) {
      throw new TypeError(
        `The tools of the MCP server cannot be used: "${other}" and "${name}" would both be called "${own}"; have one of them renamed.`,
      )
    }
    offered.set(name, own)
  }
  return offered
}

function offeredName(name: string): string {
  const own = name.replace(/[^\w-]/g, '_')
  if (own.length <= longest) return own
  return `${own.slice(0, longest - 9)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}
