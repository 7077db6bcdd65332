/** A step into a value: the name of a field or the place in a list. */
export type Path = readonly (string | number)[]

/** An object of fields and nothing else: a class instance keeps what it promises, and is left alone. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  return Object.getPrototypeOf(value) === Object.prototype
}

/** The paths of all texts, numbers and booleans in a value, in its order. */
export function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (['string', 'number', 'boolean'].includes(typeof value)) return [path]
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => leavesOf(item, [...path, index]))
  if (!isPlain(value)) return []
  return Object.entries(value).flatMap(([name, field]) => leavesOf(field, [...path, name]))
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value)
}

/** The value with another part at a path, which it has; what does not lie on the path is shared. */
export function withPart(value: unknown, [step, ...rest]: Path, change: (part: unknown) => unknown): unknown {
  if (step === undefined) return change(value)
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? withPart(item, rest, change) : item))
  }
  const fields = value as Readonly<Record<string, unknown>>
  return { ...fields, [step]: withPart(fields[step], rest, change) }
}

/** One of a list, by a number in [0, 1). */
export function drawn<Item>(items: readonly Item[], uniform: number): Item | undefined {
  return items[Math.floor(uniform * items.length)]
}
