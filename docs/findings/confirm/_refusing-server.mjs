import { createServer } from 'node:http'

/** Answers every request 429 and notes when it came; a closed server lets the process end. */
export async function refusingServer(code, headers = {}) {
  const arrivedMs = []
  const server = createServer((request, response) => {
    arrivedMs.push(performance.now())
    request.resume().on('end', () => {
      response.writeHead(429, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify({ error: { message: 'no', type: code, param: null, code } }))
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const gapsMs = () => arrivedMs.slice(1).map((at, index) => Math.round(at - arrivedMs[index]))
  return { baseURL: `http://127.0.0.1:${server.address().port}/v1`, arrivedMs, gapsMs, close: () => server.close() }
}
