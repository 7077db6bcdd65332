import { expect, it, vi } from 'vitest'
import { replayLines } from '../docs/_finding-pages.ts'
import { replay } from '../docs/_run-node.ts'

vi.setConfig({ maxConcurrency: 4 })

it.concurrent.each(replayLines)('$page: the replay line still violates $property, in the same trace', async (line) => {
  const { exitCode, stdout, stderr } = await replay(line.words)
  expect(exitCode, stdout.slice(0, 500) + stderr).toBe(1)
  expect(stdout).toContain('The trace is the one of the report.')
})
