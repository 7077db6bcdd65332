import { resilienceMutant } from '../mutant.ts'

/** Passes a kept answer off as a fresh one. */
export default resilienceMutant('presents a cached answer as primary', {
  provenance: ({ asOfMs, ...claims }) =>
    asOfMs === undefined ? claims : { ...claims, source: 'primary', degraded: false },
})
