import { expect, it } from 'vitest'
import { sightsThroughProxy } from '../../tools/conformance/through-proxy.ts'
import { recordedConformance } from '../../tools/generate-conformance.ts'

it('every client sees through the proxy what was recorded; run node tools/generate-conformance.ts', async () => {
  const seen = await sightsThroughProxy('swift')
  const { throughProxy } = recordedConformance()
  expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((id) => [id, throughProxy[id]])))
  // The rest, which only a client's own limit ends, is asked in the soak.
  expect(Object.keys(seen).length).toBeGreaterThan(0.9 * Object.keys(throughProxy).length)
}, 120_000)
