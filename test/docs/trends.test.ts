import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder, shakedown } from '../cli/_shakedown.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/trends.md'), 'utf8')
const [github = '', gitlab = ''] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block)

function shownRun(recipe: string): string[] {
  return (/npx shakedown (run .*)/.exec(recipe)?.[1] ?? '').split(' ')
}

describe('docs/trends.md', () => {
  it(
    'carries runs and baseline from one fresh checkout to the next, also after a failure',
    { timeout: 180_000 },
    () => {
      const args = shownRun(github)
      expect(args.length).toBeGreaterThan(5)
      expect(shownRun(gitlab)).toEqual(args)
      const carried = /path: (.*)/.exec(github)?.[1] ?? ''
      expect(github.match(/path: .*/g)).toEqual([`path: ${carried}`, `path: ${carried}`])
      expect(gitlab).toContain(`paths: [${carried}]`)

      using cache = scratchFolder()
      const checkOutAndRun = (env: Readonly<Record<string, string>>) => {
        using checkout = scratchFolder()
        cpSync(join(root, 'test/fixtures/trends'), checkout.path, { recursive: true })
        cpSync(cache.path, join(checkout.path, carried), { recursive: true })
        const { exitCode, stdout, stderr } = shakedown(args, { cwd: checkout.path, env })
        cpSync(join(checkout.path, carried), cache.path, { recursive: true })
        return { exitCode, told: stdout.replaceAll(/\s+/g, ' '), stderr }
      }
      expect(checkOutAndRun({})).toMatchObject({
        exitCode: 0,
        told: expect.stringContaining('No earlier run'),
        stderr: expect.stringMatching(/Baseline .* is now this run\.[^]*Kept this run as .*: 1 of at most 30\./),
      })
      expect(checkOutAndRun({ DESK_HASTE: 'yes', DESK_LUCK: '0' })).toMatchObject({
        exitCode: 1,
        told: expect.stringMatching(
          /REGRESSED against reports\/carried\/main\.json.*after 1 earlier run.*new: R4 retry\.after/,
        ),
        stderr: expect.stringContaining(': 2 of at most 30.'),
      })
    },
  )

  it('links only files that are there', () => {
    const targets = [...page.matchAll(/\]\(([^)#]+)/g)].map(([, target = '']) => target)
    expect(targets.length).toBeGreaterThan(3)
    expect(targets.filter((target) => !existsSync(join(root, 'docs', target)))).toEqual([])
  })
})
