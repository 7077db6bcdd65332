import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { chooseChanged } from '../../src/cli/changed-scenarios.ts'
import type { Choice } from '../../src/cli/choice.ts'
import { openProject } from '../../src/cli/open-project.ts'
import { fixture, resultsIn, scratchFolder, shakedown } from './_shakedown.ts'

// Every test starts processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const scratch = scratchFolder()
afterAll(() => scratch[Symbol.dispose]())

const repository = join(scratch.path, 'repository')
const project = join(repository, 'project')
const config = join(project, 'harness.config.ts')
const names = ['a-steady', 'b-rarely-failing', 'c-careless', 'd-steady']
const files = names.map((name) => `${name}.scenario.ts`)

function git(...args: string[]): void {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.test', '-c', 'commit.gpgsign=false']
  execFileSync('git', [...author, ...args], { cwd: repository, stdio: 'ignore' })
}

/** Which scenarios are chosen in the project as it is now. */
async function choose(ref: string | null = null): Promise<Choice> {
  using opened = await openProject({ config })
  return await chooseChanged(opened, files, ref)
}

beforeAll(() => {
  mkdirSync(project, { recursive: true })
  cpSync(dirname(fixture('several')), project, { recursive: true })
  writeFileSync(join(repository, '.gitignore'), 'generated*\n')
  writeFileSync(join(project, 'package.json'), '{}')
  git('init', '--initial-branch=main')
  git('add', '-A')
  git('commit', '-m', 'first')
})
beforeEach(() => {
  git('checkout', '--force', 'main')
  git('clean', '-fdx')
})

describe('run --changed', () => {
  it('runs the one scenario that a change is about, and names the others', () => {
    appendFileSync(join(project, 'd-steady.scenario.ts'), '\n// changed\n')
    const out = join(scratch.path, 'report')
    const { exitCode, stderr } = shakedown(['run', '--changed', '--trials', '20', '--config', config, '--out', out])
    expect(exitCode, stderr).toBe(0)
    expect(stderr).toMatch(
      /^Running 1 of 4 scenario files, for what has changed since [0-9a-f]{7} \(the merge base with main\):$/m,
    )
    expect(stderr).toContain('  d-steady.scenario.ts: d-steady.scenario.ts has changed\n')
    const { scenarios, notRun } = resultsIn(out)
    expect(scenarios.map(({ name }) => name)).toEqual(['steady as well'])
    expect(notRun?.scenarios).toEqual(files.slice(0, 3).map((file) => ({ file, why: 'unchanged' })))
  })

  it('runs nothing where nothing has changed, which is no pass', () => {
    const run = (...more: string[]) => shakedown(['run', '--changed', '--config', config, ...more])
    const { exitCode, stderr, stdout } = run()
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    expect(stderr).toContain('Nothing to run: nothing that 4 scenario files depend on has changed since ')
    expect(stderr).toContain('which is no pass: exit code 3.')
    expect(run('--pass-with-no-scenarios').exitCode).toBe(0)
  })

  it('goes by the commit at which the branch began, whatever was committed since and on main', async () => {
    git('checkout', '-b', 'topic')
    writeFileSync(join(project, 'new-failure.ts'), `export { apologise } from './on-failure.ts'\n`)
    const steady = `import { deskScenario } from './desk-scenario.ts'
import { apologise } from './new-failure.ts'
export default deskScenario('steady', apologise)
`
    writeFileSync(join(project, 'a-steady.scenario.ts'), steady)
    git('add', '-A')
    git('commit', '-m', 'topic')
    git('checkout', 'main')
    appendFileSync(join(project, 'c-careless.scenario.ts'), '\n')
    git('commit', '-am', 'second')
    git('checkout', 'topic')
    expect((await choose()).files).toEqual(['a-steady.scenario.ts'])
    expect((await choose('HEAD')).files).toEqual([])
    // A file that is imported, however indirectly, and was not committed.
    appendFileSync(join(project, 'new-failure.ts'), '\n')
    expect((await choose('HEAD')).told).toContain('  a-steady.scenario.ts: new-failure.ts has changed')
    git('checkout', '--force', 'main')
    git('reset', '--hard', 'HEAD~1')
  })

  it('runs every scenario where the configuration, the packages or a declaration have changed', async () => {
    const changes: readonly [string, string][] = [
      [join(project, 'harness.config.ts'), '\n'],
      [join(project, 'package.json'), '\n'],
      [join(repository, 'package-lock.json'), '{}'],
      [join(project, 'declarations/desk.json'), '{}'],
    ]
    for (const [path, text] of changes) {
      mkdirSync(dirname(path), { recursive: true })
      appendFileSync(path, text)
      expect((await choose()).files, path).toEqual(files)
      git('checkout', '--force', 'main')
      git('clean', '-fdx')
    }
    renameSync(join(project, 'on-failure.ts'), join(project, 'elsewhere.ts'))
    expect((await choose()).told[1]).toMatch(
      /^ {2}a-steady\.scenario\.ts: .*on-failure.* is imported and is not there$/,
    )
  })

  it('counts as changed what nobody can tell, and says why', async () => {
    const scenario = join(project, 'a-steady.scenario.ts')
    writeFileSync(join(project, 'generated.ts'), `export const text = 'x'\n`)
    appendFileSync(scenario, `\nimport './generated.ts'\n`)
    appendFileSync(join(project, 'd-steady.scenario.ts'), `\nimport 'node:fs'\n`)
    git('commit', '-am', 'reads')
    expect((await choose()).told.slice(1)).toEqual([
      '  a-steady.scenario.ts: git does not follow generated.ts',
      '  d-steady.scenario.ts: d-steady.scenario.ts imports node:fs, and the configuration names no inputs',
    ])
    // With inputs it is known what may be read, and one that is gone has changed as well.
    const inputs = `import { defineConfig } from 'shakedown'
export default defineConfig({ scenarios: ['*.scenario.ts'], inputs: ['prompts/*.md'] })
`
    writeFileSync(config, inputs)
    mkdirSync(join(project, 'prompts'))
    writeFileSync(join(project, 'prompts/one.md'), 'Be brief.')
    git('add', '-A')
    git('commit', '-m', 'inputs')
    expect((await choose()).files).toEqual(['a-steady.scenario.ts'])
    rmSync(join(project, 'prompts/one.md'))
    const { files: chosen, told } = await choose()
    expect(chosen).toEqual(files)
    expect(told[1]).toContain('prompts/one.md has changed, on which every scenario depends')
    git('reset', '--hard', 'HEAD~2')
  })

  it('is refused in a sentence where git cannot tell', async () => {
    await expect(choose('nowhere')).rejects.toThrow(`flag --changed: git knows no commit "nowhere" in ${repository};`)
    git('checkout', '--orphan', 'alone')
    git('commit', '-m', 'another root')
    await expect(choose('main')).rejects.toThrow('HEAD and "main" have no commit in common in this clone')
    git('checkout', '--force', 'main')
    const { exitCode, stderr } = shakedown(['run', '--changed', '--config', fixture('several')], {
      env: { GIT_DIR: join(scratch.path, 'nothing') },
    })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('is in no git repository, or git is not there; run without --changed')
  })
})
