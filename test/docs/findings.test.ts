import { dirname } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { confirmations, confirmingScripts, findingPages, readFindings, replayLines } from './_finding-pages.ts'
import { replay, runNode } from './_run-node.ts'

// Every test starts a process, four at a time, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 180_000, maxConcurrency: 4 })

/** One line for each folder of scenarios; the soak replays them all. */
const someReplays = [...Map.groupBy(replayLines, ({ file }) => dirname(file)).values()].flatMap(([line]) => line ?? [])

describe.concurrent('the pages of findings', () => {
  it('are all in the table, and tell of every script', () => {
    const linked = [...readFindings('README.md').matchAll(/\]\(([^)]+\.md)\)/g)].map(([, page]) => page)
    expect(new Set(linked)).toEqual(new Set(findingPages))
    expect(confirmations.map(({ script }) => script).toSorted()).toEqual(confirmingScripts.toSorted())
  })

  it.each(someReplays)('$page: the replay line still violates $property, in the same trace', async ({ words }) => {
    const { exitCode, stdout, stderr } = await replay(words)
    expect(exitCode, stdout.slice(0, 500) + stderr).toBe(1)
    expect(stdout).toContain('The trace is the one of the report.')
  })

  it.each(confirmations)('$page: $script prints what the page says', async ({ script, printed }) => {
    const { stdout, stderr } = await runNode([script])
    expect(stderr).toBe('')
    expect(stdout).toBe(printed)
  })
})
