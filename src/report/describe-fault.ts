import type { Fault } from '../contract/fault.ts'
import type { Json, JsonObject } from '../contract/json.ts'
import { catalogue } from '../faults/catalogue.ts'
import { grouped, quantity } from '../results/quantity.ts'
import { toolWords } from './fault-words/tools.ts'
import { functionWords } from './fault-words/functions.ts'
import { memoryWords } from './fault-words/memory.ts'
import { connectionWords } from './fault-words/connections.ts'
import { limitWords } from './fault-words/limits.ts'
import { errorWords } from './fault-words/errors.ts'
import { streamWords } from './fault-words/streams.ts'
import { wrongReplyWords } from './fault-words/wrong-replies.ts'
import { contextWords } from './fault-words/context.ts'
import { mcpWords } from './fault-words/mcp.ts'
import { processWords } from './fault-words/process.ts'
import { policyWords } from './fault-words/policy.ts'
import { governanceWords } from './fault-words/governance.ts'
import { storeWords } from './fault-words/stores.ts'
import type { Predicate, Reader } from './fault-words/predicate.ts'
import { describeOccurrences, describeTrigger } from './describe-trigger.ts'
import { exactSpan } from './span.ts'

const predicates: ReadonlyMap<string, Predicate> = new Map(
  Object.entries({
    ...toolWords,
    ...functionWords,
    ...memoryWords,
    ...connectionWords,
    ...limitWords,
    ...errorWords,
    ...streamWords,
    ...wrongReplyWords,
    ...contextWords,
    ...policyWords,
    ...storeWords,
    ...mcpWords,
    ...processWords,
    ...governanceWords,
  }),
)

class Missing extends Error {}

/**
 * One fault of a plan as a sentence without its full stop: `the 2nd call of the model openai is answered 429 …`.
 *
 * A fault without words of its own, or with parameters that are not its own, is described by the catalogue's summary.
 */
export function describeFault({ id, target, trigger, parameters, only }: Fault): string {
  const noun = catalogue.find((member) => member.id === id)?.among?.noun
  const calls = only === undefined ? describeTrigger(trigger, target, noun) : describeOccurrences(only, target, noun)
  return `${calls} ${predicate(id, parameters)}`
}

function predicate(id: string, parameters: JsonObject): string {
  try {
    const words = predicates.get(id)?.(readerOf(parameters))
    if (words !== undefined) return words
  } catch (error) {
    if (!(error instanceof Missing)) throw error
  }
  const summary = catalogue.find((member) => member.id === id)?.summary
  const details = Object.keys(parameters).length > 0 ? ` ${JSON.stringify(parameters)}` : ''
  return `meets ${id}${summary === undefined ? '' : `: ${summary}`}${details}`
}

function readerOf(parameters: JsonObject): Reader {
  const read = (name: string): Json => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (value === undefined) throw new Missing(name)
    return value
  }
  const text = (name: string) => inWords(read(name))
  return {
    text,
    span(name) {
      const value = read(name)
      if (typeof value !== 'number') throw new Missing(name)
      return exactSpan(value)
    },
    demand: () => `${text('tool')} ${text('arguments')}`,
    frames() {
      const count = read('afterFrames')
      if (typeof count !== 'number') throw new Missing('afterFrames')
      return quantity(count, 'frame')
    },
    has: (name) => Object.hasOwn(parameters, name),
  }
}

function inWords(value: Json): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? grouped(value) : JSON.stringify(value)
}
