import { describe, expect, it } from 'vitest'
import { daysBetween } from '../../src/objectives/day.ts'
import { draftValues } from '../../src/objectives/draft-values.ts'
import { judgeDeclaration } from '../../src/objectives/judge-declaration.ts'
import { readEvidenced } from '../../src/objectives/published-declarations.ts'
import { readDeclarations } from '../../src/objectives/read-declarations.ts'
import { clopperPearson } from '../../src/statistics/clopper-pearson.ts'
import { conditionOf, declarationOf, tasksOf } from './_counts.ts'

/** What the tool that the project descends from gets wrong about declared accuracy. */
describe('the ancestor of accuracy declarations', () => {
  it('calls a metric that it does not know satisfied; here it is refused by name', () => {
    const unknown = declarationOf({ values: [{ metric: 'calibration_delta' as 'task_success', value: 0.1 }] })
    expect(() => readDeclarations(unknown, 'x')).toThrow(
      /expected a metric that Shakedown measures.*"calibration_delta"/,
    )
  })

  it('passes in silence what was not measured; here that is unmeasured, which fails a run', () => {
    const declared = declarationOf({ values: [{ metric: 'violation_detection', value: 0.9 }] })
    expect(judgeDeclaration(declared, [conditionOf(tasksOf(100, 100))])).toMatchObject([{ verdict: 'unmeasured' }])
    expect(judgeDeclaration(declared, [])).toMatchObject([{ verdict: 'unmeasured' }])
  })

  it('compares a point with a level; here 19 of 20 say nothing about 94 %, although 95 % is more', () => {
    const declared = declarationOf({ values: [{ metric: 'task_success', value: 0.94 }] })
    expect(judgeDeclaration(declared, [conditionOf(tasksOf(19, 20))])).toMatchObject([{ verdict: 'inconclusive' }])
    expect(judgeDeclaration(declared, [conditionOf(tasksOf(1_900, 2_000))])).toMatchObject([
      { verdict: 'inconclusive' },
    ])
    expect(judgeDeclaration(declared, [conditionOf(tasksOf(1_940, 2_000))])).toMatchObject([{ verdict: 'upheld' }])
  })

  it('states no number of trials; here a claim without evidence is not published', () => {
    expect(() => readEvidenced(declarationOf(), 'x')).toThrow(/carries no evidence and cannot be published/)
  })
})

/** The declaration that seed 002 shows, with its own field names. */
const ofSeed = {
  agent_id: 'research-agent',
  version: '1.2.0',
  declared_accuracy: { factual_retrieval: 0.94, task_completion: 0.97, policy_compliance: 0.999 },
  measurement_method: 'automated_eval_suite_v3',
  valid_for_days: 90,
  supersedes: '1.1.0',
}

const translated = declarationOf({
  agent: ofSeed.agent_id,
  version: ofSeed.version,
  supersedes: ofSeed.supersedes,
  method: ofSeed.measurement_method,
  validFrom: '2026-01-01',
  validUntil: '2026-03-31',
  values: [
    { metric: 'task_success', value: ofSeed.declared_accuracy.task_completion },
    { metric: 'violation_detection', value: ofSeed.declared_accuracy.policy_compliance },
  ],
})

describe('the declaration of seed 002', () => {
  it('is read in our words, valid for 90 days, as the successor of 1.1.0', () => {
    expect(readDeclarations(translated, 'seed 002')).toEqual(translated)
    expect(daysBetween(translated.validFrom, translated.validUntil) + 1).toBe(ofSeed.valid_for_days)
  })

  it('names one metric that nothing counts, which is refused and not believed', () => {
    const factual = { metric: 'factual_retrieval' as 'task_success', value: ofSeed.declared_accuracy.factual_retrieval }
    expect(() => readDeclarations({ ...translated, values: [factual] }, 'seed 002')).toThrow(/"factual_retrieval"/)
    expect(() => readDeclarations(ofSeed, 'seed 002')).toThrow(/expected an accuracy declaration, with the format/)
  })

  it('is published as it is there, and not here: it says of no trial that was made', () => {
    expect(() => readEvidenced(translated, 'seed 002')).toThrow(/cannot be published; draft one from a run/)
  })

  it('would need 122 tasks without a failure for its 97 %, and 3,688 attacks without a miss for its 99.9 %', () => {
    const supports = (value: number, trials: number) => clopperPearson(trials, trials)[0] >= value
    expect([supports(0.97, 121), supports(0.97, 122)]).toEqual([false, true])
    expect([supports(0.999, 3_687), supports(0.999, 3_688)]).toEqual([false, true])
    const attacked = (caught: number) => conditionOf(tasksOf(0, 0), { attacked: { caught, missed: 0 } })
    const drafted = (caught: number) =>
      draftValues([attacked(caught)], {
        metrics: ['violation_detection'],
        minimumTrials: 100,
        digits: 3,
        laterShare: null,
      }).values[0]?.value
    expect([drafted(3_687), drafted(3_688)]).toEqual([0.998, 0.999])
  })
})
