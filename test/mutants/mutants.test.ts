import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const hunt = fileURLToPath(new URL('hunt.ts', import.meta.url))
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

const mutants = [
  { mutant: 'retries-a-400', property: 'R3', witness: /was answered 400 .* and status 400 refuses the request itself/ },
  { mutant: 'ignores-retry-after', property: 'R4', witness: /with "retry-after.*so (it|that it) had to/ },
  {
    mutant: 'retries-a-refund-after-a-timeout',
    property: 'L11',
    witness: /effect "refund:.* was applied .* and again/,
  },
  { mutant: 'runs-a-forbidden-tool', property: 'P1', witness: /forbidden tool "delete_customer" was called/ },
  { mutant: 'drops-a-tool-result', property: 'L4', witness: /carries tool call .* without its result/ },
  { mutant: 'never-stops', property: 'L1', witness: /received model reply 13 .* at most 12 per task/ },
] as const

describe('a mutant of the reference agent', () => {
  it.each(mutants)(
    'that $mutant is clean without faults and caught by $property, with a plan of at most two faults',
    { timeout: 300_000 },
    async ({ mutant, property, witness }) => {
      const { stdout } = await promisify(execFile)(process.execPath, [...flags, hunt, mutant, property])
      const found = JSON.parse(stdout)
      expect(found.failures).toEqual([])
      expect(found.trial).toBeLessThan(found.budget)
      expect(found.budget).toBeLessThanOrEqual(5_000)
      expect([1, 2]).toContain(found.plan.faults.length)
      expect(found.witness).toMatch(witness)
      expect(found.unmutatedWitness).toBeNull()
    },
  )
})
