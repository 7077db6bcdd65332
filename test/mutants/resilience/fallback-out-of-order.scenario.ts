import { resilienceMutant } from '../mutant.ts'

/** Asks the second model before it looks into its cache. */
export default resilienceMutant('falls back out of order', {
  chainOrder: (links) => {
    const [primary = [], others = []] = [true, false].map((isPrimary) =>
      links.filter(({ kind }) => (kind === 'primary') === isPrimary),
    )
    const models = others.filter(({ kind }) => kind === 'model')
    return [...primary, ...models, ...others.filter(({ kind }) => kind !== 'model')]
  },
})
