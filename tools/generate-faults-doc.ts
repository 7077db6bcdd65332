import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Trigger } from '../src/contract/fault.ts'
import { type AnyMember, faultFamilies } from '../src/faults/catalogue-member.ts'
import { catalogue } from '../src/faults/catalogue.ts'
import { wireShape } from '../src/faults/samples/wire-shape.ts'
import { printWireShape } from './print-wire-shape.ts'

/** Where the page lives. */
export const faultsDocUrl = new URL('../docs/faults.md', import.meta.url)

const introduction = `# Faults

What can break in a simulated world, in the words of the code itself. Written by \`node tools/generate-faults-doc.ts\`; do not edit.

A fault is plain data: an identifier of this page, a target (a kind of upstream, and a name or \`*\` for all of that kind), a trigger and parameters; a parameter that is left out has its default. Its effect is bytes on the wire, so that the agent's own client does its own parsing, retries and timeouts.

\`\`\`json
{
  "id": "latency.fixed",
  "target": { "kind": "model", "name": "*" },
  "trigger": { "on": "nth", "n": 2 },
  "parameters": { "ms": 6000 }
}
\`\`\`

Of the faults of one plan that would answer a call or change its answer, the first does; delays add up, and a fault that changes only how an answer travels (\`sse.frames.split\`, \`sse.utf8.split\`) goes with any other. What stands below each fault on the wire was made by striking a call with its defaults. A fault that struck no call is counted as undelivered; one of streams strikes only what is streamed.

## Triggers

Occurrences count the calls that reach the fault's target, from 1.
`

const triggers: Record<Trigger['on'], string> = {
  nth: 'the `n`th call',
  every: 'each `n`th call',
  rate: 'each call with probability `rate`, drawn from the seed of the trial for this fault, target and occurrence alone',
  between: 'calls made at `fromMs` ≤ t < `toMs` of virtual time; with a `rate`, each of them with that probability',
  burst: '`length` calls in a row, from the `from`th',
  until: 'every call before the `n`th',
  cycle: '`strikes` calls in a row, then `spares` calls left alone, and so on',
}

/** Renders the reference page of all faults from their definitions, so that the two cannot differ. */
export async function renderFaultsDoc(): Promise<string> {
  const list = Object.entries(triggers).map(([on, words]) => `- \`${on}\`: ${words}`)
  const families = await Promise.all(faultFamilies.map(renderFamily))
  return [introduction, `${list.join('\n')}\n`, ...families].join('\n')
}

async function renderFamily(family: AnyMember['family']): Promise<string> {
  const members = catalogue.filter((member) => member.family === family)
  const rendered = await Promise.all(members.map(renderMember))
  return [`## ${family.charAt(0).toUpperCase()}${family.slice(1)}\n`, ...rendered].join('\n')
}

const budgets: Record<AnyMember['bookedOn'], string> = {
  provider: 'the provider',
  tool: 'the tool or other service',
  agent: 'the agent',
  target: 'the provider, or the tool or other service, whichever it strikes',
}

async function renderMember(member: AnyMember): Promise<string> {
  const { id, summary, targets, dialects, seams, among, parameters, bookedOn, source } = member
  const shape = await wireShape(member)
  const facts = [
    `Strikes: ${codes(targets)}`,
    ...(dialects === undefined ? [] : [`Spoken in: ${codes(dialects)}`]),
    ...(seams === undefined ? [] : [`Seams: ${codes(seams)}`]),
    ...(among === undefined ? [] : [`Counts: each ${among.noun}, and no other call`]),
    `Parameters: ${describeParameters(parameters)}`,
    `A failure that it causes is booked on: ${budgets[bookedOn]}`,
    `Source: ${source}`,
  ]
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
  const text = `### \`${id}\`\n\n${sentence}\n\n${facts.map((fact) => `- ${fact}`).join('\n')}\n`
  return shape === null ? text : `${text}\n${printWireShape(shape)}`
}

function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

const describedSchema = z.object({
  properties: z.record(
    z.string(),
    z.looseObject({
      type: z.string().optional(),
      description: z.string().optional(),
      default: z.json().optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      enum: z.array(z.union([z.string(), z.number()])).optional(),
      anyOf: z.array(z.looseObject({ const: z.union([z.string(), z.number()]).optional() })).optional(),
    }),
  ),
})
type Described = z.output<typeof describedSchema>['properties'][string]

/** Reads the parameters out of their schema: the same that a plan is parsed with. */
function describeParameters(schema: AnyMember['parameters']): string {
  const { properties } = describedSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  const words = Object.entries(properties).map(([name, property]) => describeParameter(name, property))
  return words.length > 0 ? words.join('; ') : 'none'
}

function describeParameter(name: string, property: Described): string {
  const { description, default: value } = property
  const otherwise =
    value === undefined ? 'without default' : `default \`${typeof value === 'string' ? value : JSON.stringify(value)}\``
  return `\`${name}\`${description === undefined ? '' : `, ${description}`} (${describeValues(property)}; ${otherwise})`
}

function describeValues(property: Described): string {
  const { minimum, maximum, type } = property
  const choices = property.enum ?? property.anyOf?.flatMap(({ const: choice }) => choice ?? [])
  if (choices !== undefined && choices.length > 0) return choices.map((choice) => `\`${choice}\``).join(', ')
  if (type !== 'integer') return type ?? 'any'
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
    ? `integer from ${minimum}`
    : `integer from ${minimum} to ${maximum}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(faultsDocUrl, await renderFaultsDoc())
