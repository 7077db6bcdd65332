import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

vi.setConfig({ testTimeout: 180_000 })

function run(flags: readonly string[], env: Readonly<Record<string, string>> = {}) {
  using folder = scratchFolder()
  const out = join(folder.path, 'report')
  const args = ['run', 'tiny.scenario', '--trials', '100', '--config', fixture('tiny'), '--out', out, ...flags]
  const finished = shakedown(args, { env })
  return { ...finished, stdout: finished.stdout.replaceAll(out, '<out>') }
}

const found =
  /^sev2: tiny: L2 \(loop.one-stop\) is violated in 18 of 100 trials; in the replay: task "status" gave no outcome .*\.$/

it.each([
  ['--quiet', ['-q'], {}],
  ['an AI agent that reads along', [], { AI_AGENT: 'some-agent' }],
  ['an agent that marks its commands in its own way', [], { CLAUDECODE: '1' }],
])('%s: verdict and paths alone, and nothing of the progress', (_what, flags, env) => {
  const { exitCode, stdout, stderr } = run(flags, env)
  expect(stdout.split('\n')).toEqual([
    'FAIL: 1 finding in 1 scenario',
    expect.stringMatching(found),
    expect.stringMatching(/^Not a full run, as with --quick or --trials: it searched 100 of the 300 trials /),
    'Results: <out>/results.json',
    'Report: <out>/index.html',
    '',
  ])
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
})

it('--no-quiet tells an AI agent everything', () => {
  const { stdout, stderr } = run(['--no-quiet'], { AI_AGENT: 'some-agent' })
  expect(stdout).toContain('FAIL  tiny (100 of the 300 trials that the scenario asks for)')
  expect(stderr).toContain('tiny: 100 of 100 trials')
})

it('--json stays JSON', () => {
  expect(JSON.parse(run(['--json', '--quiet']).stdout)).toMatchObject({ format: 'shakedown-results' })
})
