import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectives } from 'shakedown'
import { describe, expect, it } from 'vitest'
import { plainReading } from '../../src/objectives/population.ts'
import { resolutionSentences } from '../../src/results/resolution-sentences.ts'
import { statistics } from '../../src/statistics/statistics.ts'
import { runNode } from './_run-node.ts'

const folder = join(import.meta.dirname, '../../docs')
const page = readFileSync(join(folder, 'reliability.md'), 'utf8')
const [, measure = '', program = ''] = [...page.matchAll(/```ts\n(.*?)```/gs)].reduce<string[]>(
  (blocks, [, code = '']) => [...blocks, code],
  [''],
)

describe('docs/reliability.md', () => {
  it('judges recorded runs with the program that it shows', async () => {
    const code = program.replace('results/gpt-4o-airline.json', 'test/fixtures/recorded/library.json')
    const flags = ['--conditions=shakedown-source', '--no-warnings', '--input-type=module']
    const { exitCode, stdout } = await runNode([...flags, '--eval', code])
    expect({ exitCode, lines: stdout.trim().split('\n') }).toEqual({
      exitCode: 0,
      lines: [
        expect.stringMatching(/^0\.5 \[ 0\.\d+, 0\.\d+ \]$/),
        expect.stringMatching(/^1 0\.5 \[/),
        expect.stringMatching(/^2 0\.388889 \[/),
        expect.stringMatching(/^3 0\.333333 \[/),
        expect.stringMatching(/^4 0\.333333 \[/),
        expect.stringMatching(/^record 97: "reward" is not as expected/),
      ],
    })
  })

  it('shows fields of a measure that a scenario takes', async () => {
    expect(measure).toContain("population: 'tasks like these'")
    const code = [
      "import { faults, objectives, openAiChat, properties, scenario, toolBackend, toolResult } from 'shakedown'",
      "const tool = toolBackend({ tool: 'look_up', method: 'GET', url: 'https://a.test/', handle: () => toolResult({}) })",
      "const tasks = [{ id: 'a', input: 'Where is it?', paraphrases: ['Has it been sent?'] }]",
      'const search = { trials: 1, faults: faults.swarm(faults.provider.slowness()), properties: [properties.loop] }',
      "const upstreams = () => [openAiChat({ script: () => ({ content: 'Sent.' }) }), tool]",
      `const given = { ${measure} }`,
      "const made = scenario('page', { agent: () => () => {}, tasks, upstreams, profile: {}, search, ...given })",
      'console.log(made.measure.population, made.measure.surface.cells.length)',
    ].join('\n')
    const flags = ['--conditions=shakedown-source', '--no-warnings', '--input-type=module']
    const { stdout, stderr } = await runNode([...flags, '--eval', code])
    expect({ stdout, stderr }).toEqual({ stdout: 'tasks like these 6\n', stderr: '' })
  })

  it('shows what a run says, and has its figures right', () => {
    const tasks = { all: 12 }
    const level = objectives.taskSuccess(0.99, { under: 'without faults' })
    const plan = { trials: 50, tasks, isInTurns: true, reading: plainReading, objectives: [level], declarations: [] }
    for (const sentence of resolutionSentences(plan)) {
      expect(page).toContain(`support agent on a bad day: ${sentence}.\n`)
    }
    expect(page).toContain(
      `begins at ${(Math.floor(statistics.clopperPearson(50, 50)[0] * 10_000) / 100).toFixed(2)} %`,
    )
  })

  it('links only files that are there', () => {
    const targets = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target)
    const local = targets.filter((target) => !target.startsWith('https://'))
    expect(local.length).toBeGreaterThan(1)
    expect(local.filter((target) => !existsSync(join(folder, target)))).toEqual([])
  })
})
