import { type Section, drilled } from './entry.ts'

const fallback = 'test/drills/fallback.test.ts'
const breaker = 'test/drills/breaker.test.ts'

/** Section 12: scenarios made of the faults above. */
export const drillSection: Section = {
  title: '12 Fallback and breaker drills',
  entries: {
    'drill.primary down, fallback up': drilled(fallback, 'scenarios/resilience/resilience.scenario.ts'),
    'drill.both down': drilled(fallback),
    'drill.fallback also rate-limited': drilled(fallback),
    'drill.fallback slower than the deadline': drilled(fallback),
    'drill.fallback output of another schema': drilled(fallback),
    'drill.fallback with a smaller window': drilled(fallback),
    'drill.fallback lacks tools': drilled(fallback),
    'drill.fallback refuses': drilled(fallback),
    'drill.primary recovers mid-run': { patterns: ['failover', 'flap'], drills: [breaker] },
    'drill.breaker open while a fallback is in use': drilled(breaker),
    'drill.probe succeeds': drilled(breaker),
    'drill.probe fails': drilled(breaker),
    'drill.probe gets a non-retriable 400': drilled(breaker),
    'drill.probe hangs': drilled(breaker),
    'drill.probe is slow': drilled(breaker),
    'drill.two concurrent probes': drilled(breaker, 'test/mutants/resilience/two-probes.scenario.ts'),
    'drill.fallback never fired': drilled(fallback, 'test/cli/vacuous.test.ts'),
    'drill.fallback fired on a non-failure': drilled(fallback, 'test/properties/fallback/cause.test.ts'),
  },
}
