import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorClasses } from '../../src/agent/errors/error-class.ts'
import type { TaskMessageType } from '../../src/agent/events/task-message.ts'
import type { MemoryErrorKind } from '../../src/agent/memory/memory-error.ts'
import { toolRuleSchema } from '../../src/agent/rules/tool-rule.ts'
import { runStatuses } from '../../src/agent/steps/run-status.ts'
import { stepProgressions } from '../../src/agent/steps/step-progression.ts'
import { approvalSchema } from '../../src/agent/store/records/effect-records.ts'
import type { StoreErrorKind } from '../../src/agent/store/store-error.ts'
import { stopReasons } from '../../src/agent/task/outcome.ts'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/reference-agent-seeds.md', root), 'utf8')

/** Where a file may stand that the page names. */
const folders = ['', 'src/agent/', 'test/agent/']

interface Row {
  readonly heading: string
  readonly columns: readonly string[]
  readonly cells: readonly string[]
}

/** The rows of all tables, with the heading that they stand under. */
const rows: readonly Row[] = page.split(/^#+ /m).flatMap((section) => {
  const [heading = '', ...blocks] = section.split(/\n+(?=\n)/)
  return blocks.flatMap((block) => {
    const lines = block.trim().split('\n')
    const [columns = [], , ...rest] = lines.filter((line) => line.startsWith('|')).map(cellsOf)
    return rest.map((cells) => ({ heading, columns, cells }))
  })
})

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(' | ')
    .map((cell) => cell.trim())
}

/** The files that a text names, as they are named: `a/{b,c}.ts` are two. */
function filesIn(text: string): string[] {
  const named = [...text.matchAll(/`([\w./{},-]+\.tsx?)`/g)].map(([, path = '']) => path)
  return named.flatMap((path) => {
    const [, before = '', inner, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? []
    return inner === undefined ? [path] : inner.split(',').map((part) => before + part + after)
  })
}

/** Where a file is that the page names; null where there is none. */
function found(path: string): URL | null {
  return folders.map((folder) => new URL(folder + path, root)).find((url) => existsSync(url)) ?? null
}

it('every file that the page names is there', () => {
  expect(filesIn(page).filter((path) => found(path) === null)).toEqual([])
})

it('every row says which test shows it', () => {
  const isShown = ({ columns, cells }: Row): boolean =>
    columns.at(-1) !== 'Test' || /\.test\.ts`/.test(cells.at(-1) ?? '')
  const silent = rows.filter((row) => !isShown(row) && row.heading !== 'Done when')
  expect(silent.map(({ cells }) => cells[0])).toEqual([])
  expect(rows.length).toBeGreaterThan(150)
})

const storeErrors = { busy: true, full: true, corrupt: true, gone: true, failed: true } as const satisfies Record<
  StoreErrorKind,
  true
>
const memoryErrors = {
  ...{ no_such_block: true, read_only: true, over_limit: true, no_match: true, ambiguous_match: true },
  ...{ reserved_text: true, store: true },
} as const satisfies Record<MemoryErrorKind, true>

const enumerations: [string, readonly string[]][] = [
  ['Stop reasons', stopReasons],
  ['Tool rules', toolRuleSchema.options.map(({ shape }) => shape.kind.value)],
  ['Approvals', approvalSchema.shape.state.options],
  ['Progressions', stepProgressions],
  ['Error classes', [...errorClasses, ...Object.keys(storeErrors), ...Object.keys(memoryErrors)]],
]

describe.each(enumerations)('%s', (heading, names) => {
  it.each([...names])('%s stands in the table, with a test that speaks of it', (name) => {
    const named = rows.filter((row) => row.heading === heading && row.cells[0] === `\`${name}\``)
    expect(named).toHaveLength(1)
    const tests = filesIn(named[0]?.cells.at(-1) ?? '').flatMap((path) => found(path) ?? [])
    expect(tests.length).toBeGreaterThan(0)
    const isSpokenOf = tests.some((url) => new RegExp(`\\b${name}\\b`).test(readFileSync(url, 'utf8')))
    expect(isSpokenOf).toBe(true)
  })
})

const messageTypes = {
  ...{ system: true, user: true, assistant: true, reasoning: true, tool_call: true, tool_return: true },
  approval_request: true,
} as const satisfies Record<TaskMessageType, true>

it('every status of a run and every type of message is named', () => {
  const names = [...runStatuses, ...Object.keys(messageTypes)]
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
