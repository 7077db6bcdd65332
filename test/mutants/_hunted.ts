import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { shakedown } from '../cli/_shakedown.ts'

const hunt = fileURLToPath(new URL('hunt.ts', import.meta.url))
const config = fileURLToPath(new URL('harness.config.ts', import.meta.url))
const flags = ['--conditions=shakedown-source', '--disable-warning=ExperimentalWarning']

/** The most faults that a smallest plan may have. */
const mostFaults = 3

/** A defect, the property that must find it, and what its witness must say that it would say of no other defect. */
export interface Hunted {
  readonly mutant: string
  readonly property: string
  readonly witness: RegExp
  /** Absent: 1. Another where that one comes upon the defect so late that the search would take a minute. */
  readonly seed?: number
}

/** Looks for one defect within the budget of its scenario, shrinks what caused it, and replays that elsewhere. */
export async function expectCaught({ mutant, property, witness, seed = 1 }: Hunted): Promise<void> {
  const args = [...flags, hunt, mutant, property, String(seed)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
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
}

/** A test for each of the mutants. */
export function catchesEach(mutants: readonly Hunted[]): void {
  it.each(mutants)(
    'that $mutant is clean without faults, caught by $property, shrunk to three faults at most, and replayed',
    { timeout: 600_000 },
    expectCaught,
  )
}
