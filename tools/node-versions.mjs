// Fetches the other Node releases the project supports, locked like tools/node, and prints the path of each binary.
// `--json` prints an array of { version, binary } instead.
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { installPlatformNode, platformNode } from './platform-node.mjs'

const tools = dirname(fileURLToPath(import.meta.url))
const folders = ['node-22', 'node', 'node-26']

/**
 * Returns `{ version, binary }` of every supported release, oldest first, fetching what is missing.
 *
 * @throws {Error} of one sentence, where one of them cannot be had
 */
export function nodeVersions() {
  return folders.map((name) => {
    const folder = join(tools, name)
    const node = platformNode(folder)
    if (!node) throw new Error(`tools/${name}/package.json names no Node for ${process.platform}-${process.arch}.`)
    const failure = node.installed ? null : installPlatformNode(folder, node)
    if (failure !== null) throw new Error(`Node ${node.version} could not be fetched (${failure}); run it again.`)
    return { version: node.version, binary: node.binary }
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const versions = nodeVersions()
  const lines = versions.map(({ version, binary }) => `${version} ${binary}`)
  process.stdout.write(`${process.argv.includes('--json') ? JSON.stringify(versions) : lines.join('\n')}\n`)
}
