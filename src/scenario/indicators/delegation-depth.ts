import type { Json } from '../../contract/json.ts'
import type { ToolCall } from '../../contract/event.ts'
import { type SpokenText, requestTexts } from '../../wire/request-texts.ts'
import type { RecordedCall } from './task-record.ts'

/** A tool call that a model asked for and whose result no request has handed back yet. */
interface OpenAsk {
  readonly depth: number
  readonly key: string
  /** Its arguments as texts, any of which may be the task of another agent. */
  readonly texts: ReadonlySet<string>
}

/**
 * By how many agents, one behind the other, a task was passed on: 0 where the agent itself did all of it.
 *
 * Read from the wire alone. A conversation that begins with the very words of an argument of a tool call which another
 * conversation is still waiting for is one of an agent behind it. A task that is passed on in other words, or without a
 * model, is not seen.
 */
export function delegationDepth(calls: readonly RecordedCall[]): number {
  /** By the tool calls that it has asked for. */
  const depthOfAsk = new Map<string, number>()
  const depthOfCall = new Map<number, number>()
  let open: OpenAsk[] = []
  let deepest = 0
  for (const { sent, end } of calls) {
    const history = sent.model?.toolCalls ?? []
    const depth = depthOf(sent.body, history, sent.previous === null ? undefined : depthOfCall.get(sent.previous))
    depthOfCall.set(sent.call, depth)
    deepest = Math.max(deepest, depth)
    const known = new Set(history.map(keyOf))
    open = open.filter(({ key }) => !known.has(key))
    if (end?.type !== 'response.end' || end.model === null) continue
    for (const asked of end.model.toolCalls) {
      depthOfAsk.set(keyOf(asked), depth)
      open.push({ depth, key: keyOf(asked), texts: textsOf(asked) })
    }
  }
  return deepest

  function depthOf(body: string, history: readonly ToolCall[], ofAttemptBefore: number | undefined): number {
    if (ofAttemptBefore !== undefined) return ofAttemptBefore
    const ongoing = history.map((call) => depthOfAsk.get(keyOf(call))).findLast((found) => found !== undefined)
    if (ongoing !== undefined) return ongoing
    if (open.length === 0) return 0
    const task = lastOfUser(requestTexts(body))
    const parent = task === undefined ? undefined : open.findLast(({ texts }) => texts.has(task))
    return parent === undefined ? 0 : parent.depth + 1
  }
}

function lastOfUser(texts: readonly SpokenText[]): string | undefined {
  return texts.findLast(({ speaker }) => speaker === 'user')?.text.trim()
}

function keyOf({ id, name, arguments: text }: ToolCall): string {
  return JSON.stringify([id, name, text])
}

function textsOf({ arguments: text }: ToolCall): ReadonlySet<string> {
  try {
    return new Set(strings(JSON.parse(text) as Json))
  } catch {
    return new Set()
  }
}

function strings(value: Json): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((each) => strings(each)) : []
}
