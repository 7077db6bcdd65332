import Anthropic from '@anthropic-ai/sdk'
import { APIError, InternalServerError, NotFoundError } from 'openai'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/contract/json.ts'
import { gatewayMembers } from '../../../src/faults/families/gateways.ts'
import { anthropicMessages } from '../../../src/wire/anthropic/anthropic-messages.ts'
import { client, greeting as claudeGreeting } from '../../wire/anthropic/_client.ts'
import { greeting, play, rejection, sdk } from '../../wire/_play.ts'
import { fault, model, modelErrorUnder, modelTarget } from '../_strike.ts'

const claude = () => anthropicMessages({ script: () => ({ content: 'Hello.' }) })
const nginx = (title: string) =>
  `<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center><hr><center>nginx</center></body></html>`

describe('answers of a gateway, seen by the official clients', () => {
  it.each([
    ['gateway.502', {}, 502, 'text/html', nginx('502 Bad Gateway')],
    ['gateway.503', {}, 503, 'text/html', nginx('503 Service Temporarily Unavailable')],
    ['gateway.504', {}, 504, 'text/html', nginx('504 Gateway Time-out')],
    ['gateway.empty', {}, 502, null, ''],
    ['gateway.520', { form: 'text' }, 520, 'text/plain; charset=UTF-8', 'error code: 520'],
    ['gateway.522', { form: 'text' }, 522, 'text/plain; charset=UTF-8', 'error code: 522'],
    ['gateway.524', { form: 'text' }, 524, 'text/plain; charset=UTF-8', 'error code: 524'],
  ])('%s %j is %i, of no dialect', async (id, parameters, status, type, body) => {
    const { error, events, deliveries } = await modelErrorUnder(fault(id, modelTarget, parameters))
    expect(error).toBeInstanceOf(InternalServerError)
    expect(error.status).toBe(status)
    expect(error.headers?.get('content-type')).toBe(type)
    expect(events.at(-1)).toMatchObject({ type: 'response.end', class: 'failure', errorCode: null, body })
    expect(deliveries).toEqual([1])
  })

  it.each([
    ['gateway.520', '520: Web server is returning an unknown error'],
    ['gateway.522', '522: Connection timed out'],
    ['gateway.524', '524: A timeout occurred'],
  ])('%s as a page is titled "%s"', async (id, title) => {
    const { error, events } = await modelErrorUnder(fault(id, modelTarget, { form: 'html' }))
    expect(error.headers?.get('content-type')).toBe('text/html; charset=UTF-8')
    expect(error.headers?.get('server')).toBe('cloudflare')
    const end = events.find((event) => event.type === 'response.end')
    expect(end?.body).toMatch(/^<!DOCTYPE html>\n<!--\[if lt IE 7\]>/)
    expect(end?.body).toContain(`<title>${title}</title>`)
  })

  it.each(gatewayMembers.map(({ id }) => id))('%s strikes an endpoint of Anthropic too', async (id) => {
    const parameters: JsonObject = /52\d$/.test(id) ? { form: 'html' } : {}
    const { value, deliveries } = await play(
      { upstreams: [claude()], faults: [fault(id, modelTarget, parameters)] },
      () => rejection(client().messages.create(claudeGreeting)),
    )
    expect(value).toBeInstanceOf(Anthropic.InternalServerError)
    expect(deliveries).toEqual([1])
  })
})

describe('x-should-retry, obeyed by the official clients', () => {
  /** How many requests a client with two retries sends to either provider. */
  async function requests(id: string, status: number) {
    const faults = [fault(id, modelTarget, { status })]
    const chat = await play({ upstreams: [model()], faults }, () =>
      sdk({ maxRetries: 2 })
        .chat.completions.create(greeting)
        .catch((error: unknown) => error),
    )
    const messages = await play({ upstreams: [claude()], faults }, () =>
      client({ maxRetries: 2 })
        .messages.create(claudeGreeting)
        .catch((error: unknown) => error),
    )
    const sent = [chat, messages].map(({ events }) => events.filter(({ type }) => type === 'request.sent').length)
    return { sent, values: [chat.value, messages.value] }
  }

  it.each([500, 504, 409])('false forbids to repeat a %i', async (status) => {
    const { sent, values } = await requests('x-should-retry.false', status)
    expect(sent).toEqual([1, 1])
    expect(values[0]).toBeInstanceOf(APIError)
    expect(values[1]).toBeInstanceOf(Anthropic.APIError)
    expect(values).toMatchObject([{ status }, { status }])
  })

  it.each([400, 404])('true allows to repeat a %i', async (status) => {
    const { sent, values } = await requests('x-should-retry.true', status)
    expect(sent).toEqual([2, 2])
    expect(values).toMatchObject([{ object: 'chat.completion' }, { type: 'message' }])
  })

  it('is in the envelope of the service', async () => {
    const { error } = await modelErrorUnder(fault('x-should-retry.true', modelTarget, { status: 404 }))
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({ type: 'invalid_request_error', code: null, param: null })
    expect(error.headers?.get('x-should-retry')).toBe('true')
  })
})
