import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { ShakedownError } from '../../contract/errors.ts'
import { type FaultPlan, faultPlanSchema } from '../../contract/fault.ts'
import { parseInput } from '../../contract/parse.ts'
import { realClock } from '../../simulation/real-clock.ts'
import type { ArmedPlan } from './armed-plan.ts'
import { listenOn } from './proxy-server.ts'
import type { ProxyTrace } from './proxy-trace.ts'

/** What the control endpoint may see and do. */
export interface ControlScope {
  readonly port: number
  readonly token: string
  readonly trace: ProxyTrace
  readonly armed: () => ArmedPlan
  /** Puts a plan in the place of the one under way; throws for one that cannot be followed, and changes nothing. */
  readonly load: (plan: FaultPlan) => void
  readonly openConnections: () => number
}

/** The control endpoint of a proxy. */
export interface ControlServer {
  readonly url: string
  close(graceMs: number): Promise<void>
}

/** What a control request is answered with. */
interface ControlReply {
  readonly status: number
  readonly body: object | string
}

/** The most bytes of a plan. */
const maxPlanBytes = 4 * 1024 * 1024

/**
 * Opens the control endpoint on 127.0.0.1: `PUT /plan`, `GET /trace`, `POST /reset`, `GET /health`.
 *
 * @throws {ShakedownError} of kind `usage` where the port cannot be had
 */
export async function openControl(scope: ControlScope): Promise<ControlServer> {
  const server = http.createServer((request, response) => void serve(scope, request, response))
  const port = await listenOn(server, scope.port)
  return {
    url: `http://127.0.0.1:${port}`,
    async close(graceMs) {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const timer = realClock.setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      realClock.clearTimeout(timer)
    },
  }
}

async function serve(scope: ControlScope, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let reply: ControlReply
  try {
    reply = isAdmitted(request, scope.token) ? await answer(scope, request) : unauthorised
  } catch (error) {
    if (!ShakedownError.is(error)) return void request.destroy()
    reply = { status: 400, body: { code: error.code, message: error.message } }
  }
  const isText = typeof reply.body === 'string'
  response.writeHead(reply.status, { 'content-type': isText ? 'application/x-ndjson' : 'application/json' })
  response.end(isText ? reply.body : JSON.stringify(reply.body))
}

const unauthorised = refusal(
  401,
  'UNAUTHORISED',
  'the control endpoint wants the bearer token that the proxy printed when it started; send it as Authorization.',
)

async function answer(scope: ControlScope, request: IncomingMessage): Promise<ControlReply> {
  const { trace, armed, load } = scope
  const { method = '', url = '' } = request
  switch (`${method} ${url}`) {
    case 'GET /health':
      return { status: 200, body: health(scope) }
    case 'GET /trace':
      return { status: 200, body: trace.events.map((event) => `${JSON.stringify(event)}\n`).join('') }
    case 'POST /reset':
      load(armed().plan)
      trace.clear()
      return { status: 200, body: health(scope) }
    case 'PUT /plan': {
      const text = await readText(request)
      if (text === null)
        return refusal(413, 'PLAN_TOO_LARGE', `the plan is longer than ${maxPlanBytes} bytes; load a shorter one.`)
      load(parseInput(faultPlanSchema, parseJson(text), 'the plan', 'see docs/faults.md for what a plan is'))
      return { status: 200, body: health(scope) }
    }
  }
  return refusal(
    404,
    'NO_SUCH_CONTROL',
    `there is no ${method} ${JSON.stringify(url.slice(0, 80))} here; there are PUT /plan, GET /trace, POST /reset and GET /health.`,
  )
}

function health({ armed, trace, openConnections }: ControlScope): object {
  const { plan, deliveries, nowMs } = armed()
  return {
    status: 'ok',
    nowMs,
    openConnections: openConnections(),
    faults: plan.faults.map(({ id }, index) => ({ id, delivered: deliveries[index] ?? 0 })),
    events: trace.events.length,
    forgottenEvents: trace.forgotten,
  }
}

function refusal(status: number, code: string, message: string): ControlReply {
  return { status, body: { code: `SHAKEDOWN_PROXY_${code}`, message } }
}

function isAdmitted({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? '')
  const expected = Buffer.from(`Bearer ${token}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

async function readText(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= maxPlanBytes) chunks.push(chunk)
  }
  return bytes > maxPlanBytes ? null : Buffer.concat(chunks).toString()
}

/** What is no JSON is no plan either, and the schema says so. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
