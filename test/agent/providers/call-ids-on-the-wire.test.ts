import { expect, it } from 'vitest'
import { createTrialJudge } from '../../../src/properties/judge-trial.ts'
import { callResult } from '../../../src/properties/loop/call-result.ts'
import { factsOf } from '../../properties/_trace.ts'
import { atTheDesk, callsOf, orderTool } from '../_desk.ts'

it.each([
  ['openai', false],
  ['openai', true],
  ['anthropic', false],
  ['anthropic', true],
] as const)('calls without an id have one result each, step after step: %s, streamed %s', async (provider, stream) => {
  const nameless = (id: string) => ({ name: orderTool, arguments: { id }, id: '' })
  const primary = [
    { toolCalls: [nameless('A-1'), nameless('A-2')] },
    { toolCalls: [nameless('A-3')] },
    { content: 'They are all sent.' },
  ]
  const played = await atTheDesk({ provider, options: { stream }, primary }, (ask) => ask())
  expect(played.value).toEqual({ answer: 'They are all sent.', stop: 'end_turn' })
  expect(callsOf(played, orderTool)).toBe(3)
  const judge = createTrialJudge([callResult], factsOf())
  for (const event of played.events) judge.observe(event)
  expect(judge.finish().get('L4')).toEqual({ verdict: 'holds', triggers: 2 })
})
