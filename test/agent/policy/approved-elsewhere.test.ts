import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { Approvals } from '../../../src/agent/policy/approvals.ts'
import { sqliteAgentStore } from '../../../src/agent/store/sqlite/sqlite-store.ts'
import { asks, ok, says } from '../chat-replies.ts'
import { scriptedServer } from '../scripted-server.ts'

const program = fileURLToPath(new URL('./_gated-process.ts', import.meta.url))
const run = promisify(execFile)

it('approvals asked for in one process are decided in another, and used by a third', { timeout: 60_000 }, async () => {
  const calls = ['A-1', 'A-2', 'A-3'].map((id) => ({ id: `call-${id}`, name: 'issue_refund', args: { id } }))
  const model = await scriptedServer([asks(calls), says('Done.')])
  const back = await scriptedServer([ok({ refunded: 'A-1' }), ok({ refunded: 'A-3' })])
  const folder = mkdtempSync(join(tmpdir(), 'approvals-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'memory.sqlite')
  const inItsOwnProcess = async (): Promise<unknown> => {
    const { stdout } = await run(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      program,
      model.url,
      back.url,
      path,
    ])
    return JSON.parse(stdout)
  }
  expect(await inItsOwnProcess()).toEqual({ answer: null, stop: 'requires_approval' })
  expect(back.seen).toEqual([])

  const store = sqliteAgentStore({ path })
  const approvals = new Approvals(store)
  const open = await approvals.pending('T-1')
  expect(open).toHaveLength(3)
  for (const { id, argumentsText } of open) {
    await (argumentsText.includes('A-2') ? approvals.deny(id, 'was not paid') : approvals.approve(id))
  }
  await store.close()

  expect(await inItsOwnProcess()).toEqual({ answer: 'Done.', stop: 'end_turn' })
  expect(back.seen.map(({ text }) => text)).toEqual(['{"id":"A-1"}', '{"id":"A-3"}'])
  expect(new Set(back.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(2)
  const { messages }: { messages: { role: string; content: string }[] } = JSON.parse(model.seen[1]?.text ?? '{}')
  expect(messages.filter(({ role }) => role === 'tool').map(({ content }) => content)).toEqual([
    '{"refunded":"A-1"}',
    expect.stringContaining('its approval was denied (was not paid)'),
    '{"refunded":"A-3"}',
  ])
  // A third run of the task is told what came of it, and nothing is done again.
  expect(await inItsOwnProcess()).toEqual({ answer: 'Done.', stop: 'end_turn' })
  expect([model.seen.length, back.seen.length]).toEqual([2, 2])
})
