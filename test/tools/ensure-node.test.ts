import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const tools = resolve(import.meta.dirname, '../../tools')
const platform = `${process.platform}-${process.arch}`
const needed = 'Shakedown needs Node 22.20 or newer in its line, or 24 or newer'
let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'shakedown-ensure-node-'))
  for (const name of ['ensure-node.mjs', 'platform-node.mjs', 'supported-node.mjs']) {
    cpSync(join(tools, name), join(root, 'repository/tools', name), { recursive: true })
  }
  write(
    'repository/tools/node/package.json',
    JSON.stringify({ optionalDependencies: { [`node-${platform}`]: '24.1.0' } }),
  )
})

afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, text: string): string {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

function program(path: string, script: string): void {
  chmodSync(write(path, `#!/bin/sh\n${script}\n`), 0o755)
}

/** A machine whose own Node says `version` and whose npm does `npm`; returns the path that scripts would have. */
function machine(version: string, npm = 'echo "npm error network is unreachable" >&2; exit 1'): string {
  program('machine/node', `echo ${version}`)
  program('machine/npm', npm)
  return [join(root, 'repository/node_modules/.bin'), join(root, 'machine'), '/usr/bin', '/bin'].join(delimiter)
}

const npmThatInstalls = `
home=node_modules/node-${platform}
mkdir -p $home/bin && printf '#!/bin/sh\\necho v24.1.0\\n' > $home/bin/node && chmod +x $home/bin/node
echo '{ "version": "24.1.0" }' > $home/package.json
echo "$@" >> calls`

function ensureNode(path: string): { status: number | null; stderr: string; stdout: string } {
  const { npm_execpath: _, ...rest } = process.env
  const script = join(root, 'repository/tools/ensure-node.mjs')
  const run = spawnSync(process.execPath, [script], { encoding: 'utf8', env: { ...rest, PATH: path } })
  return { status: run.status, stderr: run.stderr, stdout: run.stdout }
}

const link = (): string => join(root, 'repository/node_modules/.bin/node')
const silence = { status: 0, stderr: '', stdout: '' }

describe.skipIf(process.platform === 'win32')('the Node of npm scripts', () => {
  it.each(['v22.20.0', 'v24.0.0', 'v26.10.0'])('is the own one where that is %s', (version) => {
    expect(ensureNode(machine(version))).toEqual(silence)
    expect(existsSync(link())).toBe(false)
  })

  it.each(['v18.20.8', 'v20.20.2', 'v22.19.0', 'v23.11.1'])(
    'is fetched and linked where the own one is %s',
    (version) => {
      const path = machine(version, npmThatInstalls)
      const found = `${needed}, and this machine's Node is ${version} (${join(root, 'machine/node')})`
      expect(ensureNode(path)).toEqual({
        ...silence,
        stdout: `${found}: fetching Node 24.1.0 for this repository.\n`,
      })
      expect(readlinkSync(link())).toBe(`../../tools/node/node_modules/node-${platform}/bin/node`)
      expect(spawnSync('node', { encoding: 'utf8', env: { PATH: path } }).stdout).toBe('v24.1.0\n')
    },
  )

  it('is not fetched twice, and its link survives a script that it runs itself', () => {
    const path = machine('v20.20.2', npmThatInstalls)
    ensureNode(path)
    write(`repository/tools/node/calls`, '')
    expect(ensureNode(path)).toEqual(silence)
    expect(existsSync(link())).toBe(true)
  })

  it('is fetched again where the locked version has changed', () => {
    const path = machine('v20.20.2', npmThatInstalls)
    ensureNode(path)
    write(`repository/tools/node/node_modules/node-${platform}/package.json`, '{ "version": "24.0.0" }')
    expect(ensureNode(path).stdout).toContain('fetching Node 24.1.0')
  })

  it('is the own one again once that is new enough', () => {
    ensureNode(machine('v20.20.2', npmThatInstalls))
    expect(ensureNode(machine('v24.5.0'))).toEqual(silence)
    expect(existsSync(link())).toBe(false)
  })

  it('is refused in one sentence where it cannot be fetched', () => {
    const run = ensureNode(machine('v20.20.2'))
    expect(run.status).toBe(1)
    expect(run.stderr).toBe(
      `${needed}, and this machine's Node is v20.20.2 (${join(root, 'machine/node')}); fetching Node 24.1.0 failed ` +
        '(npm ci ended with exit code 1: network is unreachable), so run npm ci again with a network, ' +
        'or install a current Node yourself.\n',
    )
    expect(existsSync(link())).toBe(false)
  })

  it('is refused in one sentence where there is none for the platform', () => {
    write('repository/tools/node/package.json', JSON.stringify({ optionalDependencies: {} }))
    expect(ensureNode(machine('v20.20.2'))).toEqual({
      status: 1,
      stdout: '',
      stderr:
        `${needed}, and this machine's Node is v20.20.2 (${join(root, 'machine/node')}); there is none to fetch ` +
        `for ${platform}, so install a current Node and run npm ci again.\n`,
    })
  })
})
