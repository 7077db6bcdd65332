import { beforeEach, expect, it, vi } from 'vitest'
import { createProgram } from '../../../src/cli/program.ts'
import { fixture } from '../_shakedown.ts'

beforeEach(() => {
  vi.stubEnv('CI', '')
  return () => vi.unstubAllEnvs()
})

function refusal(...flags: string[]): Promise<string> {
  const asked = ['run', '--watch', '--config', fixture('tiny'), ...flags]
  return createProgram()
    .parseAsync(asked, { from: 'user' })
    .then(() => 'nothing is refused', String)
}

it.each([
  ['--json'],
  ['--shard', '1/2'],
  ['--resume'],
  ['--bail'],
  ['--update-baseline'],
  ['--update-previous'],
  ['--github'],
  ['--picture'],
  ['--pdf'],
])('a watch is refused beside what is for a run that happens once: %s', async (...flags) => {
  expect(await refusal(...flags)).toBe(
    `ShakedownError: flag --watch: it runs again and again for somebody who writes scenarios, and ${flags[0]} is for a run that happens once; leave one of the two out.`,
  )
})

it('a watch is refused in a CI service, where nobody ends it', async () => {
  vi.stubEnv('CI', 'true')
  expect(await refusal()).toBe(
    'ShakedownError: flag --watch: CI is set, so that nobody is there to end it, and the job would wait for ever; leave --watch out, or unset CI.',
  )
})
