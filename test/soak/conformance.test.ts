import { expect, it } from 'vitest'
import { sightsThroughProxy } from '../../tools/conformance/through-proxy.ts'
import { recordedConformance } from '../../tools/generate-conformance.ts'

it('every client sees through the proxy what was recorded, where only its own limit ends the call too', async () => {
  expect(await sightsThroughProxy('all')).toEqual(recordedConformance().throughProxy)
})
