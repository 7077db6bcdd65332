import { hash } from 'node:crypto'
import type { Task } from '../contract/task.ts'
import { secretRedactor } from '../properties/redact-secrets.ts'
import { compareText } from '../results/compare-text.ts'
import type { Fingerprint } from '../results/fingerprint-schema.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Prompts } from './prompts-on-the-wire.ts'
import type { Scenario } from './scenario.ts'

/**
 * The identity of what is measured, so that a later comparison can tell a changed agent from a changed test.
 *
 * @param prompts those of the run without faults
 */
export function fingerprintOf(scenario: Scenario, prompts: readonly Prompts[]): Fingerprint {
  const redact = secretRedactor(scenario.secrets)
  const hashed = (value: unknown): string => hash('sha256', redact(canonicalJson(value)), 'hex').slice(0, 16)
  const system = new Set(prompts.flatMap((one) => [...one.system].map(redact)))
  return {
    tasks: scenario.tasks.map(({ grade: _grade, ...task }) => ({ id: task.id, hash: hashed(task) })),
    graders: scenario.tasks.map((task) => graderHash(task, scenario, hashed)),
    prompts: system.size === 0 ? null : hashed([...system].toSorted()),
    tools: toolHashes(prompts, hashed),
    conditions: (scenario.measure?.conditions ?? []).map(({ name, faults }) => ({ name, hash: hashed(faults) })),
  }
}

function graderHash({ grade }: Task, { graderVersion }: Scenario, hashed: (value: unknown) => string): string | null {
  return grade === undefined ? null : hashed([Function.prototype.toString.call(grade), graderVersion])
}

function toolHashes(prompts: readonly Prompts[], hashed: (value: unknown) => string): Fingerprint['tools'] {
  const forms = new Map<string, Set<string>>()
  for (const [name, seen] of prompts.flatMap(({ tools }) => [...tools])) {
    forms.set(name, new Set([...(forms.get(name) ?? []), ...seen]))
  }
  return [...forms]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([name, seen]) => ({ name, hash: hashed([...seen].toSorted()) }))
}
