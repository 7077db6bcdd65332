import * as fc from 'fast-check'
import { z } from 'zod'
import { upstreamKinds } from '../../contract/upstream-kind.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { type CloudflareStatus, cloudflareAnswer } from './cloudflare-page.ts'
import { gatewayPage } from './gateway-page.ts'

/** A tool has pages of its own, among its failures. */
const targets = upstreamKinds.filter((kind) => kind !== 'tool')
const shared = { family: 'server errors', targets, bookedOn: 'target' } as const
const none = z.strictObject({})
const forms = ['html', 'text'] as const

/** What stands before a service answers in its place, in no dialect: clients must not read it as one. */
export const gatewayMembers: readonly AnyMember[] = [
  page(502),
  page(503),
  page(504),
  defineMember({
    ...shared,
    id: 'gateway.empty',
    summary: 'a gateway answers 502 without a body, and so without a content type',
    source: 'our own; RFC 9110 section 15.6.3 demands no body',
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => ({ status: 502, headers: {}, body: '' }) }),
  }),
  cloudflare(520, 'the service behind it gave an answer that makes no sense'),
  cloudflare(522, 'the service behind it took no connection'),
  cloudflare(524, 'the service behind it did not answer within 100 s'),
]

function page(status: 502 | 503 | 504): AnyMember {
  return defineMember({
    ...shared,
    id: `gateway.${status}`,
    summary: `a gateway answers ${status} with an HTML page where JSON was expected`,
    source: "nginx's default error page",
    parameters: none,
    arbitrary: fc.constant({}),
    strike: () => ({ instead: () => gatewayPage(status) }),
  })
}

function cloudflare(status: CloudflareStatus, meaning: string): AnyMember {
  return defineMember({
    ...shared,
    id: `gateway.${status}`,
    summary: `Cloudflare answers ${status}, as a page or a line of text: ${meaning}`,
    source: 'developers.cloudflare.com/support, "5xx errors"; the forms as in public issue threads of API clients',
    parameters: z.strictObject({
      form: z.enum(forms).default('html').describe('a page for browsers, or a line of text'),
    }),
    arbitrary: fc.record({ form: fc.constantFrom(...forms) }),
    strike: (_call, { form }) => ({
      instead: () => cloudflareAnswer(status, form),
    }),
  })
}
