import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, it } from 'vitest'

/** The repository's own configuration without type information, which the ban does not need. */
const eslint = new ESLint({
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false, program: null } } },
  ],
})

const banned = [
  'setTimeout(() => 0, 1)',
  'setInterval(() => 0, 1)',
  'setImmediate(() => 0)',
  'globalThis.setTimeout(() => 0, 1)',
  'const { setTimeout: wait } = globalThis; wait(() => 0, 1)',
  'AbortSignal.timeout(5)',
  'Date.now()',
  'const { now } = Date; now()',
  'new Date()',
  'Date()',
  'new globalThis.Date()',
  'performance.now()',
  'globalThis.performance.now()',
  'process.hrtime()',
  'process.hrtime.bigint()',
  'process.uptime()',
  "process.getBuiltinModule('node:timers')",
  'Math.random()',
  'globalThis.Math.random()',
  'crypto.randomUUID()',
  'crypto.getRandomValues(new Uint8Array(1))',
  'globalThis.crypto.randomUUID()',
  "import { setTimeout } from 'node:timers'; setTimeout(() => 0, 1)",
  "import { setTimeout } from 'timers'; setTimeout(() => 0, 1)",
  "import { setTimeout } from 'node:timers/promises'; void setTimeout(1)",
  "import { performance } from 'node:perf_hooks'; performance.now()",
  "import { randomUUID } from 'node:crypto'; randomUUID()",
  "import { randomBytes as bytes } from 'crypto'; bytes(1)",
  "import { randomInt } from 'node:crypto'; randomInt(2)",
  "import crypto from 'node:crypto'; crypto.createHash('sha256')",
  "import * as crypto from 'node:crypto'; crypto.createHash('sha256')",
  "import { hrtime } from 'node:process'; hrtime()",
  "await import('node:timers/promises')",
]

const allowed = [
  'new Date(0).toISOString()',
  "Date.parse('2026-01-01')",
  'Math.max(1, 2)',
  'queueMicrotask(() => 0)',
  "import { createHash } from 'node:crypto'; createHash('sha256')",
  "import type { Performance } from 'node:perf_hooks'; export type Clock = Performance",
]

async function bansIn(text: string, filePath: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath })
  const fatal = result?.messages.find((message) => message.fatal)
  if (!result || fatal) throw new Error(fatal?.message ?? `${filePath} was not linted`)
  return result.messages.map((message) => message.ruleId ?? '').filter((rule) => /no-restricted-(?!exports)/.test(rule))
}

describe('the ban on ambient time and randomness', () => {
  it.each(banned)('reports %s in a room', async (text) => {
    expect(await bansIn(text, 'src/runner/example.ts')).not.toEqual([])
  })

  it.each(allowed)('lets %s pass', async (text) => {
    expect(await bansIn(text, 'src/runner/example.ts')).toEqual([])
  })

  it.each(['src/simulation/example.ts', 'src/agent/example.ts', 'test/example.test.ts', 'tools/example.mjs'])(
    'leaves %s alone',
    async (filePath) => {
      for (const text of banned) expect(await bansIn(text, filePath)).toEqual([])
    },
  )
})
