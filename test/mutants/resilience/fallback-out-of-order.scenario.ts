import { resilienceMutant } from '../mutant.ts'

/** Asks the second model before it looks into its cache. */
export default resilienceMutant('falls back out of order', {
  chainOrder: (links) => {
    const models = links.filter(({ kind }) => kind === 'model')
    return [...models, ...links.filter(({ kind }) => kind !== 'model')]
  },
})
