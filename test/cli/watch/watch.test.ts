import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { resultsIn, shakedown } from '../_shakedown.ts'
import { watch, watchedProject } from './_watching.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 240_000 })

const waiting = 'Ctrl-C ends it.'

function edit(folder: string, file: string, change: (text: string) => string): void {
  const path = join(folder, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

it('runs what a change touches, and reports as a run of everything would', async () => {
  using project = watchedProject()
  const { path } = project
  const report = join(path, 'reports/latest')
  await using watching = watch(path)
  const first = await watching.until(waiting)
  expect(first).toMatch(
    /^Quick trials: a first look, not a gate\. --no-quick makes all of them\.\nRunning 2 scenarios\.\n/,
  )
  expect(first).toContain('PASS: 3 properties hold in 2 scenarios over 400 trials')
  expect(first).toContain('Waiting for changes, in the 4 files that 2 scenarios are made of.')

  // Only one of the two imports it; an editor puts a new file into the place of the old one.
  writeFileSync(join(path, 'words.new'), "export const words: string = 'lost'\n")
  renameSync(join(path, 'words.new'), join(path, 'words.ts'))
  const second = await watching.until(waiting)
  expect(second).toContain('Changed: words.ts.\nRunning 1 of 2 scenarios; the results of the others still hold.\n')
  expect(second).toContain('FAIL: 1 failed fault-free run in 1 scenario\n')
  expect(second).not.toContain('returns: without faults')
  const reported = readFileSync(join(report, 'results.json'), 'utf8')
  const whole = shakedown(['run', '--quick', '--out', join(path, 'whole')], { cwd: path, env: { CI: '' } })
  expect(whole.exitCode, whole.stderr).toBe(1)
  expect(reported).toBe(readFileSync(join(path, 'whole/results.json'), 'utf8'))

  // Both import this one; nobody imports the other, and a comment in the configuration configures nothing.
  writeFileSync(join(path, 'idle.ts'), 'export {}\n')
  edit(path, 'harness.config.ts', (text) => `${text}// a remark\n`)
  edit(path, 'desk.ts', (text) => text.replace('response?.ok === true', 'response?.status === 200'))
  const third = await watching.until(waiting)
  expect(third).toContain('Running 2 scenarios.')

  edit(path, 'harness.config.ts', (text) => text.replace("vacuous: 'allow'", "vacuous: 'allow', seed: 7"))
  expect(await watching.until(waiting)).toContain('Changed: harness.config.ts.\nRunning 2 scenarios.')
  expect(resultsIn(report).seed).toBe(7)
})

it('tells what is broken, and waits until it is mended', async () => {
  using project = watchedProject()
  const { path } = project
  await using watching = watch(path)
  await watching.until(waiting)
  const whole = readFileSync(join(path, 'words.ts'), 'utf8')
  const report = readFileSync(join(path, 'reports/latest/results.json'), 'utf8')

  writeFileSync(join(path, 'words.ts'), 'export const words = = 1\n')
  const broken = await watching.until(waiting)
  expect(broken).toMatch(/shakedown: \S*orders\.scenario\.ts could not be loaded: .*words\.ts line 1, column 22/)
  expect(broken).toContain('Waiting until that is mended')
  expect(readFileSync(join(path, 'reports/latest/results.json'), 'utf8')).toBe(report)
  // It is what it was, and so are its results.
  writeFileSync(join(path, 'words.ts'), whole)
  expect(await watching.until(waiting)).toContain('Nothing has to be run: the results of all scenarios still hold.')

  edit(path, 'orders.scenario.ts', (text) => text.replace('./words.ts', './late/words.ts'))
  expect(await watching.until(waiting)).toContain('late/words.ts')
  mkdirSync(join(path, 'late'))
  writeFileSync(join(path, 'late/words.ts'), whole)
  expect(await watching.until(waiting)).toContain('PASS: 3 properties hold in 2 scenarios')

  rmSync(join(path, 'late'), { recursive: true })
  expect(await watching.until(waiting)).toContain('late/words.ts')
  mkdirSync(join(path, 'late'))
  writeFileSync(join(path, 'late/words.ts'), `${whole}\n`)
  expect(await watching.until(waiting)).toContain('Running 1 of 2 scenarios')

  edit(path, 'harness.config.ts', (text) => text.replace('scenarios:', 'scenario:'))
  expect(await watching.until(waiting)).toContain('shakedown: ')
  edit(path, 'harness.config.ts', (text) => `process.exit(3)\n${text}`)
  expect(await watching.until(waiting)).toContain('a process that runs trials was lost (died): exit code 3')
  edit(path, 'harness.config.ts', (text) => text.replace('process.exit(3)', '').replace('scenario:', 'scenarios:'))
  expect(await watching.until(waiting)).toContain('PASS: ')
})

it('takes up a new scenario file, and drops one that is gone', async () => {
  using project = watchedProject()
  const { path } = project
  rmSync(join(path, 'returns.scenario.ts'))
  const orders = readFileSync(join(path, 'orders.scenario.ts'), 'utf8')
  await using watching = watch(path)
  expect(await watching.until(waiting)).toContain('Running 1 scenario.')
  writeFileSync(join(path, 'more.scenario.ts'), orders.replace("scenario('orders'", "scenario('more'"))
  const added = await watching.until(waiting)
  expect(added).toContain('Changed: more.scenario.ts.\nRunning 1 of 2 scenarios')
  const names = (): string[] => resultsIn(join(path, 'reports/latest')).scenarios.map(({ name }) => name)
  expect(names()).toEqual(['more', 'orders'])
  rmSync(join(path, 'orders.scenario.ts'))
  await watching.until(waiting)
  expect(names()).toEqual(['more'])
  rmSync(join(path, 'more.scenario.ts'))
  expect(await watching.until(waiting)).toContain('shakedown: no scenario file matches')
  writeFileSync(join(path, 'orders.scenario.ts'), orders)
  expect(await watching.until(waiting)).toContain('PASS: ')
})

it('throws the run away that a change overtakes, and leaves nothing behind when it is ended', async () => {
  using project = watchedProject()
  const { path } = project
  await using watching = watch(path, '--trials', '1000000')
  expect(await watching.until('orders: 1,000,000 trials')).toContain('Each search makes 1,000,000 trials, by --trials.')
  await watching.until('orders: without faults')
  edit(path, 'words.ts', (text) => `${text}// touched\n`)
  await watching.until('Changed: words.ts. The run that was under way is thrown away.')
  await watching.until('orders: without faults')
  expect(existsSync(join(path, 'reports/latest.lock'))).toBe(true)
  watching.child.kill('SIGINT')
  expect(await once(watching.child, 'exit')).toEqual([null, 'SIGINT'])
  expect(existsSync(join(path, 'reports/latest.lock'))).toBe(false)
  expect(existsSync(join(path, 'reports/latest'))).toBe(false)
})
