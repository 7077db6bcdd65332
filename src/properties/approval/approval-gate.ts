import type { ApprovalAnswered, RequestSent } from '../../contract/event.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { sameJson } from '../same-json.ts'
import { inSeconds } from '../virtual-time.ts'

interface Answer {
  readonly event: ApprovalAnswered
  /** The call that used an approval up; null while it is free. */
  usedBy: number | null
}

interface State {
  readonly gated: ReadonlySet<string>
  readonly answers: Answer[]
  readonly approvedCalls: Set<number>
}

/** L8: a gated tool runs only on an approval of that very action. */
export const approvalGate = defineProperty<State>({
  id: 'L8',
  name: 'approval.gate',
  kind: 'safety',
  statement:
    'A gated tool is called only after an approval given earlier in the same task for that tool and those very arguments; one approval allows one logical call, retries of it included. What is denied, pending or never asked for is not executed.',
  applies: 'where the profile declares gated tools (`tools.gated`).',
  outlivesProcess: true,
  start: ({ profile }) => {
    const gated = new Set(profile.tools?.gated)
    return gated.size > 0 ? { gated, answers: [], approvedCalls: new Set() } : null
  },
  on: {
    'response.end': (state, event, judge) => {
      for (const { name } of event.model?.toolCalls ?? []) if (state.gated.has(name)) judge.trigger()
    },
    'approval.answered': (state, event) => {
      if (state.gated.has(event.tool)) state.answers.push({ event, usedBy: null })
    },
    'request.sent': (state, event, judge) => {
      if (!event.tool || !state.gated.has(event.tool.name)) return
      const isRetryOfApproved = event.previous !== null && state.approvedCalls.has(event.previous)
      if (isRetryOfApproved || useApproval(state, event)) {
        state.approvedCalls.add(event.call)
        return
      }
      const last = answersFor(state, event).at(-1)
      judge.violate({
        sentence: `gated tool ${quote(event.tool.name)} was called at ${inSeconds(event.at)} (call ${event.call}) with ${quote(event.tool.arguments)}, but ${reason(state, event, last)}`,
        at: event.at,
        calls: last ? [last.event.call, ...(last.usedBy === null ? [] : [last.usedBy]), event.call] : [event.call],
      })
    },
  },
})

function useApproval(state: State, event: RequestSent): boolean {
  const free = answersFor(state, event).find((answer) => answer.event.decision === 'approved' && answer.usedBy === null)
  if (!free) return false
  free.usedBy = event.call
  return true
}

function answersFor(state: State, { task, tool }: RequestSent): readonly Answer[] {
  return state.answers.filter(
    ({ event }) => tool && event.task === task && event.tool === tool.name && sameJson(event.arguments, tool.arguments),
  )
}

function reason(state: State, request: RequestSent, last: Answer | undefined): string {
  if (last && last.usedBy !== null)
    return `its approval at ${inSeconds(last.event.at)} was used up by call ${last.usedBy}`
  if (last) return `its approval was ${last.event.decision} at ${inSeconds(last.event.at)}`
  const other = state.answers.findLast(
    ({ event }) => event.task === request.task && event.tool === request.tool?.name && event.decision === 'approved',
  )
  if (!other) return 'no approval had been given for it'
  return `the approval at ${inSeconds(other.event.at)} was for ${quote(other.event.arguments)}`
}
