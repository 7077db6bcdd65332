import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder, shakedown } from '../cli/_shakedown.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const readme = read('README.md')
const example = join(root, 'examples/refund-agent')
const isUsingKnown = Number(process.versions.node.split('.')[0]) >= 24

/** The code block that follows the comment naming its file. */
function quoted(path: string): string | undefined {
  const start = readme.indexOf(`<!-- ${path} -->`)
  return start < 0 ? undefined : /```ts\n(.*?)```/s.exec(readme.slice(start))?.[1]
}

describe('the README', () => {
  it.each(['examples/refund-agent/scenarios/refund.scenario.ts', 'examples/refund-agent/explore.ts'])(
    'quotes %s as it is',
    (path) => expect(quoted(path)).toBe(read(path)),
  )

  it('shows what a run of its scenario prints, and the exit code is that of a failure', { timeout: 180_000 }, () => {
    using folder = scratchFolder()
    const shown = /```console\n\$ npx shakedown run\n(.*?)…\n```/s.exec(readme)?.[1]
    const { exitCode, stdout } = shakedown(['run', '--out', folder.path], { cwd: example })
    expect(stdout.slice(0, shown?.length)).toBe(shown)
    expect(exitCode).toBe(1)
  })

  it.skipIf(!isUsingKnown)('explores with faults that end with their block', { timeout: 180_000 }, () => {
    const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning', '--no-warnings']
    const printed = execFileSync(process.execPath, [...flags, 'explore.ts'], { cwd: example, encoding: 'utf8' })
    const [, bad = '', good = ''] = printed.split(/on a (?:bad|good) day:/)
    expect(bad).toContain('success: false')
    expect(good).toContain('success: true')
  })

  it('links and shows only files that are there', () => {
    const targets = [...readme.matchAll(/(?:\]\(|src="|srcset=")([^)"#]+)/g)].map(([, target = '']) => target)
    expect(targets.length).toBeGreaterThan(10)
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([])
  })
})
