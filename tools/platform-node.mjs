// A locked folder of platform packages (tools/node and its siblings): which one is for this machine, and is it there.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The Node that the folder's package.json names for this platform; null where it names none. */
export function platformNode(folder) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const version = readJson(join(folder, 'package.json')).optionalDependencies[name]
  if (version === undefined) return null
  const home = join(folder, 'node_modules', name)
  const binary = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const manifest = join(home, 'package.json')
  const installed = existsSync(binary) && existsSync(manifest) && readJson(manifest).version === version
  return { name, version, binary, installed }
}

/**
 * Installs the folder's lock file, integrity checked and without any install script.
 *
 * @returns null, or in a phrase why there is no binary now
 */
export function installPlatformNode(folder, { name, binary }) {
  const options = ['--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = npmCommand()
  const done = spawnSync(npm.command, [...npm.first, 'ci', '--prefix', folder, ...options], {
    cwd: folder,
    encoding: 'utf8',
    shell: npm.shell,
  })
  if (done.error) return `npm could not be started: ${done.error.message}`
  if (done.status !== 0) return `npm ci ended with exit code ${done.status}: ${firstLine(done.stderr)}`
  return existsSync(binary) ? null : `npm could not download ${name}`
}

/** The npm that started us, since another one on the path may be of another Node. */
function npmCommand() {
  const started = process.env.npm_execpath
  if (started !== undefined && basename(started) === 'npm-cli.js') {
    return { command: process.execPath, first: [started], shell: false }
  }
  return { command: 'npm', first: [], shell: process.platform === 'win32' }
}

function firstLine(text) {
  const lines = text.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
  return lines.filter((line) => line !== '' && !/^code [A-Z]/.test(line))[0] ?? 'it gave no reason'
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
