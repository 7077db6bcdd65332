import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { PlanInjector } from '../../../src/faults/plan-injector.ts'
import { withSecret } from '../../../src/faults/families/with-secret.ts'

const secretOf = (value: string) => ({ name: 'token', value, mayReach: [] })

it('puts the value of a secret, whatever its characters, where the arguments name it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), (value) => {
      const filled = withSecret({ note: 'Token {{secret}}!', deep: [{ code: '{{secret:base64}}' }] }, 'token', [
        secretOf(value),
      ])
      const base64 = Buffer.from(value).toString('base64')
      expect(filled).toEqual({ note: `Token ${value}!`, deep: [{ code: base64 }] })
    }),
  )
})

it('a plan is refused where it names a secret that the scenario does not have', () => {
  const target = { kind: 'model', name: '*' } as const
  const parameters = { tool: 'x', arguments: {}, secret: 'tokn' }
  const fault = { id: 'policy.canary_in_arguments', target, trigger: { on: 'nth', n: 1 } as const, parameters }
  expect(() => new PlanInjector({ faults: [fault] }, 'seed', 1_000, [secretOf('canary-1234')])).toThrow(
    /^fault 1 of the plan names the secret "tokn", which .+; add it to its secrets\.$/,
  )
})
