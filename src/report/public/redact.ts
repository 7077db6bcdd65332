import type { Pseudonyms } from './pseudonyms.ts'
import type { Rule } from './rule.ts'

/**
 * Applies a rule to a value of the full results.
 *
 * By what is allowed, not by what is forbidden: of an object only the fields that its rule names come through, and a value
 * of another kind than its rule speaks of is left out.
 */
export function redact(rule: Rule, value: unknown, names: Pseudonyms): unknown {
  if (rule.kind === 'instead') return rule.value
  if (value === null || rule.kind === 'keep') return value
  switch (rule.kind) {
    case 'omit':
      return undefined
    case 'text':
      return typeof value === 'string' ? rule.choose(value, names) : undefined
    case 'list':
      return Array.isArray(value) ? value.map((each: unknown) => redact(rule.of, each, names)) : undefined
    case 'table':
      return isTable(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, each]) => [rule.key(key, names), redact(rule.of, each, names)]),
          )
        : undefined
    case 'fields':
      return isTable(value) ? redactFields(rule.fields, value, names) : undefined
  }
}

function redactFields(
  fields: Readonly<Record<string, Rule>>,
  value: Readonly<Record<string, unknown>>,
  names: Pseudonyms,
): Record<string, unknown> {
  const entries = Object.entries(fields).flatMap(([name, rule]): [string, unknown][] =>
    Object.hasOwn(value, name) && value[name] !== undefined ? [[name, redact(rule, value[name], names)]] : [],
  )
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined))
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
