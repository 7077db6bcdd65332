// Records scenarios/support/return-policy.cassette.json with nock's recorder against a real server on loopback, and
// rewrites the host to the one that the support agent calls. Run it again after a change to the policy.
import { writeFileSync } from 'node:fs'
import http from 'node:http'
import nock from 'nock'

const cassette = new URL('../scenarios/support/return-policy.cassette.json', import.meta.url)
const origin = 'https://help.copper-ladle.test'

const policy = {
  topic: 'returns',
  days: 30,
  condition: 'unused and in its box',
  damaged: 'goods that arrive damaged are refunded without being sent back',
}

const server = http.createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', etag: '"policy-12"' })
  response.end(JSON.stringify(policy))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
if (typeof address !== 'object' || address === null) throw new Error('the server has no port')

nock.recorder.rec({ output_objects: true, dont_print: true })
await new Promise<void>((resolve, reject) => {
  const url = `http://127.0.0.1:${address.port}/return-policy?topic=${policy.topic}`
  http.get(url, (response) => response.resume().on('end', resolve)).on('error', reject)
})
nock.restore()
const recorded = JSON.stringify(nock.recorder.play(), null, 2)
  .replaceAll(`http://127.0.0.1:${address.port}`, origin)
  .replaceAll(/"date": "[^"]+"/g, '"date": "Thu, 01 Jan 2026 00:00:00 GMT"')
writeFileSync(cassette, `${recorded}\n`)
await new Promise((resolve) => server.close(resolve))
