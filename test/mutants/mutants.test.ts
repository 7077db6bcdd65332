import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { shakedown } from '../cli/_shakedown.ts'

const hunt = fileURLToPath(new URL('hunt.ts', import.meta.url))
const config = fileURLToPath(new URL('harness.config.ts', import.meta.url))
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

const mutants = [
  {
    mutant: 'support/retries-a-400',
    property: 'R3',
    witness: /was answered 400 .* and status 400 refuses the request itself/,
  },
  { mutant: 'support/ignores-retry-after', property: 'R4', witness: /with "retry-after.*so (it|that it) had to/ },
  {
    mutant: 'support/retries-a-refund-after-a-timeout',
    property: 'L11',
    witness: /effect "refund:.* was applied .* and again/,
  },
  {
    mutant: 'support/runs-a-forbidden-tool',
    property: 'P1',
    witness: /forbidden tool "delete_customer" was called/,
  },
  { mutant: 'support/drops-a-tool-result', property: 'L4', witness: /carries tool call .* without its result/ },
  { mutant: 'support/never-stops', property: 'L1', witness: /received model reply 13 .* at most 12 per task/ },
  {
    mutant: 'resilience/breaker-never-opens',
    property: 'B1',
    witness: /5 failures in a row .* so no call may begin before/,
  },
  {
    mutant: 'resilience/breaker-opens-late',
    property: 'B1',
    witness: /5 failures in a row .* so no call may begin before/,
  },
  {
    mutant: 'resilience/breaker-opens-early',
    property: 'B2',
    witness: /refused a call .* but nothing had opened its breaker/,
  },
  { mutant: 'resilience/sends-during-cooldown', property: 'B3', witness: /so no call may begin before .* but call/ },
  { mutant: 'resilience/two-probes', property: 'B6', witness: /half-open with call \d+ under way, of 1 at once, but/ },
  {
    mutant: 'resilience/closes-on-a-straggler',
    property: 'B12',
    witness: /the success of a call admitted before the breaker opened closed it/,
  },
  {
    mutant: 'resilience/closes-on-a-cancelled-probe',
    property: 'B11',
    witness: /a cancelled probe closed the breaker/,
  },
  { mutant: 'resilience/wedges-on-a-hung-probe', property: 'B13', witness: /probe/ },
  {
    mutant: 'resilience/counts-400s',
    property: 'B10',
    witness: /if calls that ended neutrally counted as failures/,
  },
  { mutant: 'resilience/cached-as-primary', property: 'F3', witness: /primary/ },
  { mutant: 'resilience/cached-for-another-user', property: 'F4', witness: /cache/ },
  {
    mutant: 'resilience/fallback-out-of-order',
    property: 'F1',
    witness: /had asked source "simplified", which comes after it/,
  },
  { mutant: 'resilience/stale-beyond-its-limit', property: 'F5', witness: /60\.000 s|old/ },
  { mutant: 'resilience/exhausted-as-success', property: 'F13', witness: /end_turn/ },
  { mutant: 'resilience/half-a-tool-call', property: 'Z1', witness: /its stream ended .* without ever becoming whole/ },
  { mutant: 'resilience/keeps-the-slot-on-timeout', property: 'K3', witness: /slot/ },
] as const

/** The most faults that a smallest plan may have. */
const mostFaults = 3

describe('a mutant of the reference agent', () => {
  it.each(mutants)(
    'that $mutant is clean without faults, caught by $property, shrunk to three faults at most, and replayed',
    { timeout: 600_000 },
    async ({ mutant, property, witness }) => {
      const { stdout } = await promisify(execFile)(process.execPath, [...flags, hunt, mutant, property])
      const found = JSON.parse(stdout)
      expect(found.failures).toEqual([])
      expect(found.trial).toBeLessThan(found.budget)
      expect(found.budget).toBeLessThanOrEqual(5_000)
      expect(found.plan.faults.length).toBeGreaterThanOrEqual(1)
      expect(found.plan.faults.length).toBeLessThanOrEqual(mostFaults)
      expect(found.witness.sentence).toMatch(witness)
      expect(found.unmutatedWitness).toBeNull()

      const replay = shakedown(['replay', found.token, '--config', config, '--json'])
      expect(replay.exitCode, replay.stderr).toBe(1)
      expect(JSON.parse(replay.stdout)).toMatchObject({
        witness: found.witness,
        traceHash: found.traceHash,
        isSameTrace: true,
      })
    },
  )
})
