import { z } from 'zod'
import type { DeclaredAccuracy } from '../task/claims.ts'
import type { Question } from './answer-cache.ts'
import type { ApiKeys } from '../providers/client-per-key.ts'
import { waitMs } from '../resilience/resilience-options.ts'

const sourceName = z.string().min(1)

/** Where a model endpoint is, and which model is asked there. */
export const clientSchema = z
  .strictObject({
    /** The key, or what gives it out where it may change, e.g. a key ring. */
    apiKey: z.union([
      z.string().min(1),
      z.custom<ApiKeys>((value) => typeof value === 'object' && value !== null && 'use' in value),
    ]),
    baseURL: z.url({ protocol: /^https?$/ }),
    model: z.string().min(1),
    /** What the agent calls the endpoint in its claims. Default: the provider. Sources with one name share an endpoint and its guards. */
    name: z.string().min(1).optional(),
    /** Whose words the endpoint speaks. */
    provider: z.enum(['openai', 'anthropic']).default('openai'),
    /** The most tokens of one reply; absent: as the provider likes, or 4096 where it wants a number. */
    maxOutputTokens: z.int().min(1).optional(),
    /** Whether OpenAI is asked to tell the usage of streamed replies; absent: it is estimated. Anthropic tells it unasked. */
    streamUsage: z.boolean().default(false),
  })
  .transform(({ name, ...client }) => ({ ...client, name: name ?? client.provider }))

/** The failures that a text can be written for. */
const templateTexts = z.strictObject({
  rate_limited: z.string().optional(),
  quota: z.string().optional(),
  timeout: z.string().optional(),
  connection: z.string().optional(),
  server: z.string().optional(),
  refused: z.string().optional(),
  auth: z.string().optional(),
  invalid_request: z.string().optional(),
})

const sourceSchema = z.discriminatedUnion('kind', [
  /** An earlier answer of the primary to the same question of the same user. */
  z.strictObject({
    kind: z.literal('cache'),
    source: sourceName.default('cache'),
    /** How old an answer may be. */
    maxStaleMs: waitMs,
    /** How old an answer to one question may be, in milliseconds, where that is less: prices age faster than hours. */
    maxStaleMsFor: z
      .custom<(question: Question) => number>((value) => typeof value === 'function', 'must be a function')
      .optional(),
    /** Answers kept; those that are too old make way, and then the one that was used least recently. */
    maxEntries: z.int().min(1).default(1_000),
  }),
  /** Another model, or the same one, with shorter instructions and no tools; it is told what the tools brought. */
  z.strictObject({
    kind: z.literal('model'),
    source: sourceName.default('simplified'),
    client: clientSchema,
    instructions: z.string().min(1),
    /** Tokens of its window: a conversation that may not fit is not sent. */
    windowTokens: z.int().min(1).optional(),
  }),
  /** A text for the class of the failure. */
  z.strictObject({ kind: z.literal('templates'), source: sourceName.default('template'), texts: templateTexts }),
  /** One text for everything else. */
  z.strictObject({ kind: z.literal('text'), source: sourceName.default('emergency'), text: z.string().min(1) }),
])

/** Where answers come from when the primary gives none, in the order in which they are tried. */
export const fallbackSchema = z.strictObject({
  sources: z
    .array(sourceSchema)
    .min(1)
    .refine(
      (sources) => new Set(sources.map(({ source }) => source)).size === sources.length,
      'must have distinct source names',
    )
    .refine((sources) => sources.filter(({ kind }) => kind === 'cache').length <= 1, 'must have one cache at most'),
  /** Whether a request refused as the caller's own mistake (400, 401, 403, 404, 422) goes on to the next source. */
  onNeutral: z.boolean().default(false),
})

/** By source, the accuracy that the agent declares for its answers; `unknown` for a source that is not named. */
export const accuracySchema = z.record(
  z.string(),
  z.custom<DeclaredAccuracy>(
    (value) =>
      value === 'unknown' ||
      (typeof value === 'number' ? value >= 0 && value <= 1 : typeof value === 'object' && value !== null),
    'must be a share from 0 to 1, a share with its evidence, or "unknown"',
  ),
)

export type FallbackSource = z.output<typeof sourceSchema>
