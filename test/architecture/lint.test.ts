import { ESLint } from 'eslint'
import { beforeAll, describe, expect, it } from 'vitest'

const eslint = new ESLint()

/** Lints a text as if it stood in a file of the contract, with types. */
async function rulesBrokenBy(text: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${text}\n`, { filePath: 'src/contract/json.ts' })
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message)
}

const lines = (count: number): string => 'void 0\n'.repeat(count).trimEnd()

describe('the lint rules of the house', () => {
  // The first text waits for the types of the whole project, which takes as long as the machine is slow.
  beforeAll(() => rulesBrokenBy('export {}').then(() => {}), 300_000)

  it.each([
    ['@typescript-eslint/no-floating-promises', 'Promise.resolve()'],
    ['@typescript-eslint/no-explicit-any', 'export const value: any = 1'],
    ['@typescript-eslint/consistent-type-imports', "import { z } from 'zod'\nexport type Schema = z.ZodType"],
    ['@typescript-eslint/explicit-module-boundary-types', 'export function value() { return 1 }'],
    ['@typescript-eslint/no-non-null-assertion', 'export const first = (list: number[]): number => list[0]!'],
    ['no-restricted-exports', 'export default 1'],
    ['max-lines', lines(301)],
    ['max-lines-per-function', `export function long(): void {\n${lines(80)}\n}`],
  ])('%s is in force', async (rule, text) => {
    expect(await rulesBrokenBy(text)).toContain(rule)
  })

  it('has nothing against a file within the limits', async () => {
    expect(await rulesBrokenBy(lines(300))).toEqual([])
  })
})
