import nock from 'nock'
import { http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, describe, expect, it } from 'vitest'
import { installSimulation } from '../../../src/simulation/install.ts'
import { interceptSockets } from '../../../src/wire/transports/msw.ts'
import { clockUpstream, inWorld } from '../../simulation/_world.ts'
import { get } from './_clients.ts'

const sentence =
  'the requests of this process are intercepted already, by nock or an msw server: only one interception can be active at a time, so call nock.restore() or server.close() before a trial runs.'
const url = 'https://clock.example/'

describe('one interception at a time', () => {
  afterAll(() => nock.restore())

  it('is refused while nock is active, which it is from its import on', () => {
    expect(nock.isActive()).toBe(true)
    expect(() => interceptSockets()).toThrow(sentence)
  })

  it('is refused while an msw server listens', () => {
    nock.restore()
    const server = setupServer(http.get(url, () => new Response('theirs')))
    server.listen()
    expect(() => interceptSockets()).toThrow(sentence)
    server.close()
  })

  it('refuses an msw server that would take it over, and goes on', async () => {
    const interception = interceptSockets()
    const simulation = installSimulation()
    expect(() => setupServer(http.get(url, () => new Response('theirs'))).listen()).toThrow(sentence)
    const run = await inWorld(() => get(url), { upstreams: [clockUpstream()] })
    expect(run.value).toMatchObject({ status: 200, text: '{"nowMs":40}' })
    simulation.restore()
    interception.close()
  })

  it('leaves the field to msw once it is closed', async () => {
    interceptSockets().close()
    const server = setupServer(http.get(url, () => new Response('theirs')))
    server.listen()
    expect(await get(url)).toMatchObject({ text: 'theirs' })
    server.close()
  })
})

it('refuses sockets where nobody has asked for the interception, admitted host or not', async () => {
  const simulation = installSimulation()
  const run = await inWorld(() => get(url), { upstreams: [clockUpstream()] })
  expect(run.error).toMatchObject({ code: 'SHAKEDOWN_UNKNOWN_HOST' })
  simulation.restore()
})

it('ends a trial with the sentence where another interception was applied after it', async () => {
  const interception = interceptSockets()
  const simulation = installSimulation()
  // What nock is made of; nock itself cannot be activated any more, because it finds that fetch is taken.
  const interceptors = '@mswjs/interceptors/http'
  const { HttpRequestInterceptor } = await import(interceptors)
  const other = new HttpRequestInterceptor()
  other.apply()
  other.on('request', () => {})
  expect(() => nock.activate()).toThrow('already replaced')
  const run = await inWorld(() => get(url), { upstreams: [clockUpstream()] })
  expect(run).toMatchObject({ end: 'crashed', detail: sentence })
  other.dispose()
  simulation.restore()
  interception.close()
})
