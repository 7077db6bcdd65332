/** A JSON object as a model writes it for the arguments of a tool. */
export type JsonObject = { readonly [key: string]: unknown }

/** JSON text with sorted keys: two values have the same text exactly when they mean the same. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'null'
  )
}
