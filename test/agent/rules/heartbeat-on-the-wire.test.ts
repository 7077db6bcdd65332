import { expect, it } from 'vitest'
import type { ProfileInput } from '../../../src/contract/profile.ts'
import { createTrialJudge } from '../../../src/properties/judge-trial.ts'
import { truthfulStop } from '../../../src/properties/loop/truthful-stop.ts'
import { factsOf } from '../../properties/_trace.ts'
import { atTheDesk, orderTool } from '../_desk.ts'

/** What L3 says of a run whose model asks for one tool and is done. */
async function verdict(wish: boolean, profile: ProfileInput): Promise<string | undefined> {
  const call = { name: orderTool, arguments: { id: 'A-1', request_heartbeat: wish } }
  const desk = {
    options: { continuation: 'heartbeat' },
    primary: [{ toolCalls: [call] }, { content: 'Sent.' }],
  } as const
  const { value: outcome, events } = await atTheDesk(desk, (ask) => ask())
  const judge = createTrialJudge([truthfulStop], factsOf(profile))
  for (const event of events) judge.observe(event)
  judge.observe({ type: 'task.ended', at: 0, task: 0, id: 'task-1', outcome })
  return judge.finish().get('L3')?.verdict
}

it('an end after calls that ask for nothing more is truthful where the agent declares its heartbeat', async () => {
  const profile = { heartbeat: { parameter: 'request_heartbeat' } }
  expect(await verdict(false, profile)).toBe('holds')
  expect(await verdict(true, profile)).toBe('holds')
  expect(await verdict(false, {})).toBe('violated')
})
