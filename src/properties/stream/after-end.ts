import type { ResponseEnd } from '../../contract/event.ts'
import { defineProperty } from '../define-property.ts'
import { getOrCreate } from '../get-or-create.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { mayGoOnAfterEnd, readFrames } from './stream-frames.ts'

/** What came after the end of a stream. */
interface Late {
  readonly call: number
  readonly content: string
  /** The text of the reply with the late text appended, spaces aside. */
  readonly appended: string
  /** Tools that only the late frames name. */
  readonly tools: readonly string[]
}

interface State {
  readonly late: Map<number, Late[]>
  /** The last reply of each task, where something came after its end. */
  readonly last: Map<number, Late | null>
}

/** Z5: what comes after the end of a stream is nothing. */
export const afterEnd = defineProperty<State>({
  id: 'Z5',
  name: 'stream.after-end',
  kind: 'safety',
  statement:
    'What a stream carries after its end ("[DONE]" in chat, the completed or incomplete response in Responses, `message_stop` in Anthropic Messages, `messageStop` in Bedrock; Gemini has no such frame) is not used: the answer of the task does not hold the text of the reply with the late text appended, spaces aside, and no tool is called that only the late frames name.',
  applies: 'always; exercised where replies are streamed.',
  start: () => ({ late: new Map(), last: new Map() }),
  on: {
    'fault.injected': (_state, event, judge) => {
      if (event.id === 'sse.done_then_more') judge.trigger()
    },
    'response.end': (state, event, judge) => {
      if (event.kind !== 'model') return
      const late = lateOf(event)
      state.last.set(event.task, late)
      if (!late) return
      judge.trigger()
      getOrCreate(state.late, event.task, (): Late[] => []).push(late)
    },
    'request.sent': ({ last }, event, judge) => {
      const late = last.get(event.task)
      if (!event.tool || !late?.tools.includes(event.tool.name)) return
      judge.violate({
        sentence: `tool ${quote(event.tool.name)} was called at ${inSeconds(event.at)} (call ${event.call}), but only what came after the end of the stream of call ${late.call} names it`,
        at: event.at,
        calls: [late.call, event.call],
      })
    },
    'task.ended': ({ late }, event, judge) => {
      const answer = dense(event.outcome.answer ?? '')
      const found = late.get(event.task)?.find(({ content, appended }) => content !== '' && answer.includes(appended))
      if (!found) return
      judge.violate({
        sentence: `the answer of task ${quote(event.id)} at ${inSeconds(event.at)} holds the reply of call ${found.call} with ${quote(found.content)} appended, which came after the end of its stream`,
        at: event.at,
        calls: [found.call],
      })
    },
  },
})

function lateOf({ call, model, body }: ResponseEnd): Late | null {
  if (!model || !mayGoOnAfterEnd(body)) return null
  const { after } = readFrames(body)
  if (after.every((frame) => frame.content === '' && frame.toolDeltas.length === 0)) return null
  const content = after.map((frame) => frame.content).join('')
  const named = after.flatMap(({ toolDeltas }) => toolDeltas.map(({ name }) => name)).filter((name) => name !== '')
  const tools = named.filter((tool) => !model.toolCalls.some(({ name }) => name === tool))
  return { call, content, appended: dense((model.content ?? '') + content), tools }
}

function dense(text: string): string {
  return text.replaceAll(/\s+/g, '')
}
