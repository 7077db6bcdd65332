/**
 * A thrown value in words, whatever it is: agents throw strings, undefined and worse.
 *
 * Without the stack, which differs between machines.
 */
export function describeThrown(thrown: unknown): string {
  try {
    if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`
    if (thrown === undefined || thrown === null) return String(thrown)
    if (typeof thrown === 'object') return `${thrown.constructor?.name ?? 'object'} ${JSON.stringify(thrown)}`
    return `${typeof thrown} ${JSON.stringify(thrown) ?? String(thrown)}`
  } catch {
    return 'a value that cannot be described'
  }
}
