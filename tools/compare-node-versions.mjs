// Runs the bundled scenarios on every supported Node, on one worker or two and from different folders, and demands the
// same bytes: `npm run check:node-versions`. Numbers of workers on one Node are compared by the tests.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { nodeVersions } from './node-versions.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']
const scratch = mkdtempSync(join(tmpdir(), 'shakedown-versions-'))

function resultsDigest({ version, binary }, workers, cwd) {
  const out = join(scratch, `${version}-${workers}`)
  const config = join(root, 'harness.config.ts')
  const args = ['run', '--trials', '100', '--workers', String(workers), '--config', config, '--out', out]
  const { status, stderr } = spawnSync(binary, [...flags, join(root, 'src/cli/main.ts'), ...args], {
    cwd,
    encoding: 'utf8',
  })
  // So few trials need not decide everything; what counts here is that all of them say the same.
  if (status !== 0 && status !== 3)
    throw new Error(`Node ${version} with ${workers} workers ended with exit code ${status}:\n${stderr}`)
  return createHash('sha256')
    .update(readFileSync(join(out, 'results.json')))
    .digest('hex')
}

try {
  const digests = new Set()
  for (const [index, node] of nodeVersions().entries()) {
    const [workers, cwd] = index % 2 === 0 ? [2, scratch] : [1, root]
    const digest = resultsDigest(node, workers, cwd)
    digests.add(digest)
    process.stdout.write(`Node ${node.version}, ${workers} worker${workers > 1 ? 's' : ' '}  ${digest}\n`)
  }
  if (digests.size > 1) {
    process.stdout.write('The results differ: one seed must give the same bytes on every supported Node.\n')
    process.exitCode = 1
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
