const titles: ReadonlyMap<string, string> = new Map([
  ['L', 'Agent loop'],
  ['R', 'Retries'],
  ['P', 'Policy'],
  ['B', 'Circuit breaker'],
  ['T', 'Timeouts and deadlines'],
  ['F', 'Fallback'],
  ['A', 'Accuracy declarations'],
  ['K', 'Bulkheads and rates'],
  ['C', 'Context window'],
  ['Z', 'Streaming'],
  ['Q', 'Budgets'],
  ['G', 'Step log'],
  ['O', 'Operations'],
])

const order = [...titles.keys()]

/** The family of a property by the letters of its ID, `R` for `R4`, with its title for readers. */
export function propertyFamily(id: string): { readonly key: string; readonly title: string } {
  const key = /^[A-Z]+(?=\d+$)/.exec(id)?.[0] ?? ''
  return { key, title: titles.get(key) ?? (key === '' ? 'Of this project' : `Family ${key}`) }
}

/** Orders property IDs by family as the reference does, then by number: L1, L11, R4; others last, by code unit. */
export function comparePropertyIds(one: string, other: string): number {
  return (
    place(one) - place(other) ||
    compareText(propertyFamily(one).key, propertyFamily(other).key) ||
    numberOf(one) - numberOf(other) ||
    compareText(one, other)
  )
}

function place(id: string): number {
  const { key } = propertyFamily(id)
  const found = order.indexOf(key)
  if (found >= 0) return found
  return key === '' ? order.length + 1 : order.length
}

function numberOf(id: string): number {
  return Number(/(?<!\d)\d+$/.exec(id)?.[0] ?? 0)
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
