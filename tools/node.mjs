// Runs its arguments on a Node that can run the repository: `node tools/node.mjs src/cli/main.ts run`.
// A shell that has already found an old `node` keeps using it after the link appears, so npm scripts that
// need the new one in the same line start it here.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { ensureNode } from './ensure-node.mjs'

try {
  run(ensureNode())
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function run(binary) {
  const child = spawn(binary, process.argv.slice(2), { stdio: 'inherit', shell: binary.endsWith('.cmd') })
  // The child decides how to end, and its end is ours. A terminal's interrupt reaches it without our help.
  process.on('SIGINT', () => undefined)
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`${binary} could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
    process.kill(process.pid, signal)
  })
}
