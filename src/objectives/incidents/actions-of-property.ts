import { actionsAfterHarm } from './after-harm.ts'
import { actionsByFamily, actionsById } from './first-actions.ts'
import { type Severity, responses } from './severity.ts'

/**
 * What to do first about a violated property.
 *
 * What does harm is taken out of service, whatever it is, and what it has done is looked for; for the rest, what helps
 * depends on what was broken: a client that retries too soon is no reason to look at deployments.
 */
export function actionsOfProperty(id: string, severity: Severity): readonly string[] {
  if (severity === 'sev1') return [...responses.sev1.actions, ...own(actionsAfterHarm, id)]
  const family = /^([A-Z])\d+$/.exec(id)?.[1] ?? ''
  return own(actionsById, id)[0] ?? own(actionsByFamily, family)[0] ?? responses[severity].actions
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value[] {
  const value = Object.hasOwn(table, key) ? table[key] : undefined
  return value === undefined ? [] : [value]
}
