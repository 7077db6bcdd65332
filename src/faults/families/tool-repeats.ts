import * as fc from 'fast-check'
import { z } from 'zod'
import type { UpstreamCall } from '../../wire/interference.ts'
import { requestText } from '../../wire/request-text.ts'
import { anyFunction } from '../../wire/seam.ts'
import type { EarlierAnswer, UpstreamContext } from '../../wire/upstream.ts'
import { type AnyMember, type Draw, type Effect, defineMember } from '../catalogue-member.ts'
import { onValue, valueOf } from './changed-value.ts'
import { corrupted, onLeaf } from './tool-values.ts'
import { isPlain } from './value-parts.ts'

const common = {
  family: 'tool failures',
  targets: ['tool'],
  seams: ['http', ...anyFunction],
  bookedOn: 'tool',
  needs: 'earlier answers',
  parameters: z.strictObject({}),
  arbitrary: fc.constant({}),
} as const

/** Answers of tools that do not go together with what was answered before; the first of a trial is never struck. */
export const toolRepeatMembers: readonly AnyMember[] = [
  defineMember({
    ...common,
    id: 'tool.stale',
    summary: 'the tool answers with what it answered before, to the same question if there was one',
    source: 'field experience with caches in front of back ends',
    strike: (call) => sayingEarlier(call, () => true),
  }),
  defineMember({
    ...common,
    id: 'tool.other_user',
    summary: 'the tool answers with what it answered before on behalf of another user',
    source: 'field experience with caches whose key leaves out the user',
    strike: (call) => sayingEarlier(call, ({ user }, now) => user !== now.task?.user),
  }),
  defineMember({
    ...common,
    id: 'tool.unstable',
    summary: 'asked the same again, the tool gives another answer: one text or number differs',
    source: 'tools over searches and models are not deterministic',
    strike: (call, _none, draw) =>
      onValue((value, context) => {
        const isAgain = earlierOf(call, context).some(({ request }) => request === requestText(call.request))
        return isAgain ? onLeaf(value, draw, corrupted) : value
      }),
  }),
  defineMember({
    ...common,
    id: 'tool.contradiction',
    summary: 'the answer contradicts what another tool said before: a field that both have differs',
    source: 'agent-chaos; systems of record that are not in step',
    strike: (call, _none, draw) => contradicting(call, draw),
  }),
]

/** Says an earlier answer of the same upstream again: the latest to the same question, else the latest. */
export function sayingEarlier(
  call: UpstreamCall,
  isWanted: (answer: EarlierAnswer, now: UpstreamContext) => boolean,
): Effect {
  return onValue((value, context) => {
    const answers = earlierOf(call, context).filter((answer) => isWanted(answer, context))
    const again = answers.findLast(({ request }) => request === requestText(call.request)) ?? answers.at(-1)
    return again === undefined ? value : saidBy(again, call)
  })
}

function earlierOf({ upstream }: UpstreamCall, { earlier = [] }: UpstreamContext): readonly EarlierAnswer[] {
  return earlier.filter((answer) => answer.upstream === upstream.name)
}

function saidBy({ said }: EarlierAnswer, { upstream: { seam = 'http' } }: UpstreamCall): unknown {
  return seam === 'http' && typeof said === 'string' ? valueOf(said) : said
}

function contradicting({ upstream }: UpstreamCall, draw: Draw): Effect {
  return onValue((value, { earlier = [] }) => {
    if (!isPlain(value)) return value
    const others = earlier.filter((answer) => answer.upstream !== upstream.name)
    const said = others.map((answer) => (typeof answer.said === 'string' ? valueOf(answer.said) : answer.said))
    const shared = Object.keys(value).find((name) =>
      said.some((other) => isPlain(other) && other[name] === value[name]),
    )
    return shared === undefined ? value : { ...value, [shared]: onLeaf(value[shared], draw, corrupted) }
  })
}
