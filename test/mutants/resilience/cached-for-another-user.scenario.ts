import { questionKey } from '../../../src/agent/fallback/answer-cache.ts'
import { resilienceMutant } from '../mutant.ts'

/** Gives one reader what was answered to another. */
export default resilienceMutant("gives another user's cached answer", {
  cacheKey: (question) => questionKey({ ...question, user: null }),
})
