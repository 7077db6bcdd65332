import type { EvidencedDeclaration, EvidencedValue } from '../../src/objectives/accuracy-declaration.ts'
import { digestOf } from '../../src/objectives/declaration-digest.ts'
import { evidenceOf } from '../../src/objectives/declaration-evidence.ts'
import { type PublishedDeclaration, publishedName } from '../../src/objectives/published-declarations.ts'
import { rateOf } from '../../src/objectives/rate-of.ts'

/** A declared value with what it rests on. */
export function evidencedValue(
  value: number,
  successes: number,
  of: number,
  changes: Partial<EvidencedValue> = {},
): EvidencedValue {
  const evidence = evidenceOf(rateOf(successes, of))
  if (evidence === null) throw new Error('nothing was counted')
  return { metric: 'task_success', value, faultClass: 'without faults', evidence, ...changes }
}

/** A draft with evidence, valid in 2026; 990 of 1,000 tasks support 98.17 %. */
export function evidencedOf(changes: Partial<EvidencedDeclaration> = {}): EvidencedDeclaration {
  return {
    format: 'shakedown-accuracy-declaration/2',
    agent: 'support desk',
    version: '1.0.0',
    supersedes: null,
    method: 'graded trials',
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
    minimumTrials: 100,
    measured: {
      scenario: 'desk',
      seed: 1,
      trials: 1_000,
      traceHash: 'ab'.repeat(32),
      results: 'cd'.repeat(32),
      commit: null,
      shakedown: '0.1.0',
    },
    values: [evidencedValue(0.98, 990, 1_000)],
    ...changes,
  }
}

/** The same as it lies in the folder of declarations. */
export function publishedOf(changes: Partial<EvidencedDeclaration> = {}): PublishedDeclaration {
  const content = evidencedOf(changes)
  const declaration = { ...content, digest: digestOf(content) }
  return { place: `declarations/${publishedName(declaration)}`, declaration }
}
