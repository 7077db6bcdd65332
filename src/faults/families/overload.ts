import { overloaded as anthropicOverloaded } from '../../wire/anthropic/errors.ts'
import { serviceHeaders as anthropicHeaders } from '../../wire/anthropic/service-headers.ts'
import { bedrockError, serviceHeaders as bedrockHeaders, unavailable } from '../../wire/bedrock/errors.ts'
import type { Dialect } from '../../wire/dialect.ts'
import { overloaded as googleOverloaded } from '../../wire/google/errors.ts'
import { serviceHeaders as googleHeaders } from '../../wire/google/service-headers.ts'
import { overloaded as openAiOverloaded } from '../../wire/openai/errors.ts'
import { serviceHeaders as openAiHeaders } from '../../wire/openai/service-headers.ts'
import type { Reply } from '../../wire/reply.ts'
import type { UpstreamContext } from '../../wire/upstream.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { overloadHint } from './overload-hint.ts'

/** An overload in the words of one service. */
type Overload = (context: UpstreamContext, more: Readonly<Record<string, string>>) => Reply

const ofOpenAi: Overload = (context, more) => openAiOverloaded({ ...openAiHeaders(context), ...more })

/** What each service answers when it has too much to do. */
const overloads: Readonly<Record<Dialect, Overload>> = {
  'openai.chat': ofOpenAi,
  'openai.responses': ofOpenAi,
  'openai.embeddings': ofOpenAi,
  'anthropic.messages': (context, more) => anthropicOverloaded({ ...anthropicHeaders(context), ...more }),
  'google.gemini': (_context, more) => googleOverloaded({ ...googleHeaders(), ...more }),
  'bedrock.converse': (context, more) =>
    bedrockError('ServiceUnavailableException', unavailable, { ...bedrockHeaders(context), ...more }),
}

/** An overload wherever it strikes; an outage is one that lasts. */
export const overloadMembers: readonly AnyMember[] = [
  defineMember({
    id: 'overload',
    family: 'server errors',
    targets: ['model'],
    bookedOn: 'provider',
    summary:
      "the service is overloaded, and says so in its own words: OpenAI's 503, Anthropic's 529, Gemini's 503 UNAVAILABLE, Bedrock's ServiceUnavailableException",
    source: 'as openai.503, anthropic.529, gemini.503 and bedrock.503',
    ...overloadHint,
    strike: ({ upstream: { dialect = 'openai.chat' } }, { retryAfterSeconds: seconds }) => ({
      instead: (context) =>
        overloads[dialect](context, seconds === undefined ? {} : { 'retry-after': String(seconds) }),
    }),
  }),
]
