import { keyedUint32 } from '../simulation/keyed-hash.ts'

/**
 * So many different seeds, drawn from one: the runs of a burn-in.
 *
 * Drawn, because neighbouring numbers would make burn-ins of neighbouring seeds share most of their runs. More of them
 * begin with the same ones.
 */
export function burnSeeds(seed: number, runs: number): number[] {
  const seeds = new Set<number>()
  for (let draw = 0; seeds.size < runs; draw++) seeds.add(keyedUint32(seed, 'burn-in', draw))
  return [...seeds]
}
