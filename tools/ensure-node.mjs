// Gives npm scripts a Node that can run the repository. Plain JavaScript on purpose: it must run on Node 18.
//
// The machine's own Node is left alone where it is new enough. Where it is not, a locked Node 24 is installed
// below tools/node and linked into node_modules/.bin, which npm puts first on the path of every script.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installPlatformNode, platformNode } from './platform-node.mjs'
import { needed, supports } from './supported-node.mjs'

const root = realpathSync(resolve(dirname(fileURLToPath(import.meta.url)), '..'))
const windows = process.platform === 'win32'

/**
 * Makes `node` in npm scripts a supported one and returns the path of that binary.
 *
 * @throws {Error} of one sentence, where the machine's own Node is too old and no other can be had
 */
export function ensureNode() {
  const own = machineNode()
  if (own && supports(own.version)) {
    removeLink()
    return own.path
  }
  const found = own ? `this machine's Node is ${own.version} (${own.path})` : 'this machine has no Node on its path'
  const binary = install(`Shakedown needs Node ${needed}, and ${found}`)
  link(binary)
  return binary
}

function install(complaint) {
  const folder = join(root, 'tools', 'node')
  const present = platformNode(folder)
  if (!present) {
    const remedy = 'install a current Node and run npm ci again'
    throw new Error(`${complaint}; there is none to fetch for ${process.platform}-${process.arch}, so ${remedy}.`)
  }
  if (present.installed) return present.binary
  process.stdout.write(`${complaint}: fetching Node ${present.version} for this repository.\n`)
  const failure = installPlatformNode(folder, present)
  if (failure === null) return present.binary
  const remedy = 'run npm ci again with a network, or install a current Node yourself'
  throw new Error(`${complaint}; fetching Node ${present.version} failed (${failure}), so ${remedy}.`)
}

/** The first `node` on the path that is none of this repository's: npm puts the linked one before it. */
function machineNode() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder === '' || isInRepository(folder)) continue
    for (const name of windows ? ['node.exe', 'node.cmd'] : ['node']) {
      const path = join(folder, name)
      const version = existsSync(path) ? versionOf(path) : null
      if (version !== null) return { path, version }
    }
  }
  return null
}

function isInRepository(folder) {
  const real = existsSync(folder) ? realpathSync(folder) : resolve(folder)
  return real === root || real.startsWith(root + sep)
}

function versionOf(path) {
  if (realpathSync(path) === realpathSync(process.execPath)) return process.version
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', shell: path.endsWith('.cmd') })
  const version = (answer.stdout ?? '').trim()
  return /^v\d+\.\d+\.\d+/.test(version) ? version : null
}

function linkPath() {
  return join(root, 'node_modules', '.bin', windows ? 'node.cmd' : 'node')
}

function link(binary) {
  const path = linkPath()
  const target = relative(dirname(path), binary)
  if (currentTarget(path) === target) return
  mkdirSync(dirname(path), { recursive: true })
  rmSync(path, { force: true })
  if (windows) writeFileSync(path, shim(target))
  else symlinkSync(target, path)
}

function removeLink() {
  const path = linkPath()
  if (currentTarget(path)?.includes(join('tools', 'node'))) rmSync(path, { force: true })
}

/** What the link or shim points to, so that nothing is written when nothing changes; null where there is none. */
function currentTarget(path) {
  try {
    if (lstatSync(path).isSymbolicLink()) return readlinkSync(path)
    return /^@"%~dp0\\(.+)" %\*/.exec(readFileSync(path, 'utf8'))?.[1] ?? ''
  } catch {
    return null
  }
}

function shim(target) {
  return `@"%~dp0\\${target}" %*\r\n`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  try {
    ensureNode()
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
