/** Characters kept: what an agent throws may be as long as it likes. */
const longest = 1_000

/**
 * A thrown value in words, whatever it is: agents throw strings, undefined and worse.
 *
 * Never throws itself, and leaves out the stack, which differs between machines.
 */
export function describeThrown(thrown: unknown): string {
  try {
    return shorten(inWords(thrown))
  } catch {
    return 'a value that cannot be described'
  }
}

function inWords(thrown: unknown): string {
  if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}${causeOf(thrown)}`
  if (thrown === undefined || thrown === null) return String(thrown)
  if (typeof thrown === 'function') return `function ${thrown.name}`
  if (typeof thrown === 'string') return `string ${JSON.stringify(thrown)}`
  if (typeof thrown === 'object') return `${thrown.constructor?.name ?? 'object'} ${content(thrown)}`
  if (typeof thrown === 'symbol') return `symbol ${thrown.toString()}`
  return `${typeof thrown} ${thrown as number | bigint | boolean}`
}

/** What lies beneath: fetch says only that it failed, and its cause says why. */
function causeOf({ cause }: Error): string {
  return cause instanceof Error && cause.message !== '' ? ` (${cause.message})` : ''
}

/** As JSON where the value has such a form; else its keys, e.g. where it holds itself. */
function content(value: object): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return `{ ${Object.keys(value).join(', ')} }`
  }
}

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text
}
