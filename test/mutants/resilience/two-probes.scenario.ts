import { resilienceMutant } from '../mutant.ts'

/** Probes with two calls at once where it declares one. */
export default resilienceMutant('lets two probes through', {
  isProbeAdmitted: (underWay, probesAtOnce) => underWay < probesAtOnce + 1,
})
