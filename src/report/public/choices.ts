import { stopReasons } from '../../contract/outcome.ts'
import { faultFamilies } from '../../faults/catalogue-member.ts'
import { catalogue } from '../../faults/catalogue.ts'
import { propertyById } from '../../properties/properties.ts'
import { withoutFaults } from '../../results/condition-words.ts'
import { leftOut } from './left-out.ts'
import type { TextChoice } from './rule.ts'

/** Nothing of the text. */
export const nothing: TextChoice = () => leftOut

export const agentName: TextChoice = (name, names) => names.of('agent', name)
export const scenarioName: TextChoice = (name, names) => names.of('scenario', name)
export const taskName: TextChoice = (name, names) => names.of('task', name)
/** A kind of task: its own name, or that of the one task that it is. */
export const stratumName: TextChoice = (name, names) => names.ofStratum(name)
export const ownerName: TextChoice = (name, names) => names.of('owner', name)
export const upstreamName: TextChoice = (name, names) => names.ofUpstream(name)
/** What runs outside the world, or is left running. */
export const thingName: TextChoice = (name, names) => names.of('thing', name)

/** The run without faults is called the same by everybody. */
export const conditionName: TextChoice = (name, names) => (name === withoutFaults ? name : names.of('condition', name))

/** Properties of Shakedown's own list keep their IDs; those of a project do not. */
export const propertyId: TextChoice = (id, names) => (propertyById(id) === undefined ? names.of('property', id) : id)

const faultIds = new Set(catalogue.map(({ id }) => id))
export const faultId: TextChoice = (id, names) => (faultIds.has(id) ? id : names.of('fault', id))

const families: ReadonlySet<string> = new Set(faultFamilies)
export const familyName: TextChoice = (name, names) => (families.has(name) ? name : names.of('family', name))

/** A declared value speaks of a family of faults or of a condition. */
export const faultClass: TextChoice = (name, names) => (families.has(name) ? name : conditionName(name, names))

const trialEnds = new Set(['finished', 'stalled', 'expired', 'exited', 'crashed', 'blocked', 'died'])
export const trialEnd: TextChoice = (name, names) => (trialEnds.has(name) ? name : names.of('end', name))

const baselines = new Set(['pinned', 'moving'])
export const baselineName: TextChoice = (name, names) => (baselines.has(name) ? name : names.of('baseline', name))

const reasons: ReadonlySet<string> = new Set([
  ...['to be cancelled by the workload', 'aborted by a fault', 'process lost', 'not recorded', 'not answered'],
  ...['no grader', 'right', 'wrong', 'threw', 'hung', 'refused by the agent itself', 'nothing violated', 'supported'],
  ...['primary', 'fallback', 'cache or fixed text', 'no checkable claim', 'unsupported effect'],
  ...['violation never put to the test', 'stopped with an unknown reason'],
  ...stopReasons.map((reason) => `stopped with ${reason}`),
])

/** Why something was counted as it was: Shakedown's own words stay, and names within them become pseudonyms. */
export const countedBecause: TextChoice = (reason, names) => {
  if (reasons.has(reason)) return reason
  const upstream = /^caused by (.+)$/s.exec(reason)?.[1]
  if (upstream !== undefined) return `caused by ${names.ofUpstream(upstream)}`
  const property = /^(.+) violated$/s.exec(reason)?.[1]
  if (property !== undefined) return `${propertyId(property, names)} violated`
  return names.of('reason', reason)
}

/** Keys that are numbers, e.g. tool calls of a task. */
export const numberKey: TextChoice = (key, names) => (/^\d{1,16}$/.test(key) ? key : names.of('count', key))

/** A digest says nothing but whether two things are the same. */
export const digest: TextChoice = (value) => (/^[0-9a-f]{64}$/.test(value) ? value : leftOut)

export const versionNumber: TextChoice = (value) => (/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(value) ? value : leftOut)
