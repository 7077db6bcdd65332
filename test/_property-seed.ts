import process from 'node:process'
import fc from 'fast-check'

/** What a commit passed it passes again: a run without a seed of its own draws the same cases each time. */
const everydaySeed = 20_261_123

const asked = process.env['FAST_CHECK_SEED'] ?? String(everydaySeed)

if (asked !== 'random') {
  const seed = Number(asked)
  if (!Number.isSafeInteger(seed)) {
    throw new Error(`FAST_CHECK_SEED must be a whole number or "random", and is "${asked}": correct it and run again.`)
  }
  fc.configureGlobal({ seed })
}
