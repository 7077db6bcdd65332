import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fixture, scratchFolder, shakedown } from './_shakedown.ts'

const renderings = ['index.html', 'junit.xml', 'summary.md']

it('a run writes page, JUnit XML and Markdown beside its results, and report writes the same again from them', () => {
  using folder = scratchFolder()
  const out = join(folder.path, 'out')
  const { exitCode } = shakedown(['run', 'tiny', '--config', fixture('tiny'), '--trials', '20', '--out', out])
  expect(readdirSync(out).toSorted()).toEqual([
    'environment.json',
    'index.html',
    'junit.xml',
    'results.json',
    'summary.md',
  ])
  const read = () => Object.fromEntries(renderings.map((name) => [name, readFileSync(join(out, name), 'utf8')]))
  const written = read()
  for (const name of renderings) rmSync(join(out, name))
  expect(shakedown(['report', join(out, 'results.json')]).exitCode).toBe(exitCode)
  expect(read()).toEqual(written)
})
