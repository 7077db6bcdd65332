import * as fc from 'fast-check'
import { z } from 'zod'
import { upstreamKinds } from '../../contract/upstream-kind.ts'
import type { TransportFailure } from '../../wire/reply.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'

const targets = upstreamKinds
/** What can become of a connection that has come about, whatever is spoken over it. */
const overPipes = ['http', 'pipe'] as const
const none = z.strictObject({})

/** Milliseconds after which Node's fetch gives up connecting: undici's `connectTimeout`. */
const connectTimeoutMs = 10_000

const unresolved = ['ENOTFOUND', 'EAI_AGAIN'] as const
const untrusted = ['CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'] as const
const certificateProblems = {
  CERT_HAS_EXPIRED: 'certificate has expired',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca',
} as const

const reset: TransportFailure = { failure: 'ECONNRESET', message: 'read ECONNRESET' }

/** What breaks below HTTP, before an answer has begun. */
export const transportMembers: readonly AnyMember[] = [
  defineMember({
    id: 'net.refused',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the connection is refused: nothing was sent',
    source: 'measured with Node fetch: TypeError "fetch failed", cause ECONNREFUSED',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => ({ failure: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }) }),
  }),
  defineMember({
    id: 'net.reset',
    family: 'transport',
    targets,
    seams: overPipes,
    bookedOn: 'target',
    summary: 'the connection is reset before the answer, with the work done or not',
    source: 'measured with Node fetch: TypeError "fetch failed", cause ECONNRESET',
    parameters: z.strictObject({
      isWorkDone: z.boolean().default(false).describe('whether the service acted before the connection broke'),
    }),
    arbitrary: fc.record({ isWorkDone: fc.boolean() }),
    strike: (_call, { isWorkDone }) => (isWorkDone ? { afterwards: () => reset } : { instead: () => reset }),
  }),
  defineMember({
    id: 'net.close',
    family: 'transport',
    targets,
    seams: overPipes,
    bookedOn: 'target',
    summary: 'the connection is closed without an answer: nobody knows what was done',
    source: 'measured with Node fetch: TypeError "fetch failed", cause UND_ERR_SOCKET "other side closed"',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => ({ failure: 'UND_ERR_SOCKET', message: 'other side closed' }) }),
  }),
  defineMember({
    id: 'net.hang.headers',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the connection is accepted and never answered; only a timeout ends it, for fetch its own of 300 s',
    source: 'measured with Node fetch: cause UND_ERR_HEADERS_TIMEOUT after 300 s; earendil-works/pi#8331',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => ({ silence: true }) }),
  }),
  defineMember({
    id: 'net.hang.connect',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: `no connection comes about, and the client gives up after its ${connectTimeoutMs / 1000} s: nothing was sent`,
    source: 'measured with Node fetch: cause UND_ERR_CONNECT_TIMEOUT after 10 s; node:http: ETIMEDOUT after 135 s',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: ({ upstream }) => ({
      // The time of an undisturbed call passes as well.
      delayMs: Math.max(0, connectTimeoutMs - upstream.latencyMs),
      instead: () => ({ failure: 'UND_ERR_CONNECT_TIMEOUT', message: connectTimeoutMessage(upstream.origin) }),
    }),
  }),
  defineMember({
    id: 'net.dns',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the name of the host is not resolved, for good or for now: nothing was sent',
    source: 'measured with Node fetch: TypeError "fetch failed", cause ENOTFOUND or EAI_AGAIN',
    parameters: z.strictObject({
      code: z
        .enum(unresolved)
        .default('ENOTFOUND')
        .describe('ENOTFOUND: no such host; EAI_AGAIN: no answer of the name server'),
    }),
    arbitrary: fc.record({ code: fc.constantFrom(...unresolved) }),
    strike: ({ upstream }, { code }) => ({
      instead: () => ({ failure: code, message: `getaddrinfo ${code} ${new URL(upstream.origin).hostname}` }),
    }),
  }),
  defineMember({
    id: 'net.tls',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the certificate of the host has expired, or nobody vouches for it: nothing was sent',
    source: 'measured with Node fetch against such certificates; a proxy without TLS resets the connection instead',
    parameters: z.strictObject({
      code: z.enum(untrusted).default('CERT_HAS_EXPIRED').describe('what is wrong with the certificate'),
    }),
    arbitrary: fc.record({ code: fc.constantFrom(...untrusted) }),
    strike: (_call, { code }) => ({ instead: () => ({ failure: code, message: certificateProblems[code] }) }),
  }),
  defineMember({
    id: 'net.not_http',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'something answers that speaks no HTTP',
    source: 'measured with Node fetch: "fetch failed", cause HTTPParserError; node:http: HPE_INVALID_CONSTANT',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({
      instead: () => ({ failure: 'HPE_INVALID_CONSTANT', message: 'Expected HTTP/, RTSP/ or ICE/' }),
    }),
  }),
  defineMember({
    id: 'net.redirect_loop',
    family: 'transport',
    targets,
    bookedOn: 'target',
    summary: 'the answer is a 307 that leads here again, as often as it is followed',
    source: 'measured with Node fetch: after 20 redirects "fetch failed", cause "redirect count exceeded"',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => ({ redirects: 'for ever' }) }),
  }),
]

/** The words of undici, address and time included. */
function connectTimeoutMessage(origin: string): string {
  const { hostname, port, protocol } = new URL(origin)
  const address = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
  return `Connect Timeout Error (attempted address: ${address}, timeout: ${connectTimeoutMs}ms)`
}
