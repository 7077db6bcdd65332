// Replays the cassette with nock itself, for a plain client, and prints what came back.
import { readFileSync } from 'node:fs'
import nock from 'nock'
import { get } from '../transports/_clients.ts'
import { type ComparedAnswer, compared, origin, requests, sentHeaders } from './_requests.ts'

const cassette: Parameters<typeof nock.define>[0] = JSON.parse(
  readFileSync(new URL('return-policy.json', import.meta.url), 'utf8'),
)
nock.define(cassette)
nock.disableNetConnect()

const answers: ComparedAnswer[] = []
for (const request of requests) {
  const { method, path, body } = request
  const { status, headers, bytes } = await get(origin + path, { method, headers: sentHeaders(request) }, body)
  answers.push(compared(status, Object.entries(headers), bytes))
}
process.stdout.write(JSON.stringify({ answers, isDone: nock.isDone() }))
