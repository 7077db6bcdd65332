import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { environmentSchema } from '../../src/results/environment-schema.ts'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000 })

const config = fixture('tiny')

/** Makes a run, then the run that its report asks for, in the folder of the configuration. */
function runTwice(...args: readonly string[]) {
  using folder = scratchFolder()
  const [first, second] = [join(folder.path, 'first'), join(folder.path, 'second')]
  const read = (place: string, name: string): string => readFileSync(join(place, name), 'utf8')
  const { stdout } = shakedown(['run', ...args, '--config', config, '--out', first])
  const { command } = environmentSchema.parse(JSON.parse(read(first, 'environment.json')))
  shakedown([...command, '--out', second], { cwd: dirname(config) })
  const results = [first, second].map((place) => read(place, 'results.json'))
  return { stdout, command, results }
}

it('a report has the command that makes the same results, with no path of the machine', () => {
  const { stdout, command, results } = runTwice('tiny.scenario', '--trials', '20', '--seed', '5', '--vacuous', 'fail')
  expect(command).toEqual(['run', 'tiny.scenario', '--seed', '5', '--trials', '20', '--vacuous', 'fail'])
  expect(results[0]).toBe(results[1])
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'Not a full run, as with --quick or --trials: it searched 20 of the 300',
  )
  expect(stdout).toMatch(/^Tested: commit [0-9a-f]{12}( with uncommitted changes)?$/m)
})

it('a filter that is a path of the machine stands as the files that it chose', () => {
  const { command, results } = runTwice(join(dirname(config), 'tiny.scenario.ts'), '--trials', '20')
  expect(command).toEqual(['run', 'tiny.scenario.ts', '--seed', '1', '--trials', '20'])
  expect(results[0]).toBe(results[1])
})
