import type { FaultWords } from './predicate.ts'

export const functionWords: FaultWords = {
  'function.rejects': () => 'rejects with an Error, and has done nothing',
  'function.throws': () => 'throws an Error at once, in place of returning a promise',
  'function.throws_non_error': ({ text }) => `throws ${text('what')}, which is no Error`,
  'function.hangs': () => 'never settles',
  'function.late_success': ({ span }) => `does its work and resolves ${span('lateMs')} later, awaited or not`,
}
