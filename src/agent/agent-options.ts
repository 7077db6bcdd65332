import { z } from 'zod'
import type { JsonObject } from './tools/canonical-json.ts'
import { accuracySchema, clientSchema, fallbackSchema } from './fallback/fallback-options.ts'
import { answerFormatSchema } from './format/answer-format.ts'
import { AgentMemory } from './memory/agent-memory.ts'
import { contextSchema } from './memory/context-options.ts'
import {
  breakerSchema,
  bulkheadSchema,
  retryBudgetSchema,
  safeModeSchema,
  waitMs,
} from './resilience/resilience-options.ts'
import { rulesOf, toolRulesSchema, unknownTools } from './rules/tool-rule.ts'
import { Drain } from './operations/drain.ts'
import type { TaskObserver } from './events/observer.ts'
import { cancellationSchema } from './steps/cancellation-options.ts'
import type { AgentStore } from './store/agent-store.ts'
import type { Tool } from './tools/tool.ts'
import { withToolForms } from './tools/tool-forms.ts'

const retrySchema = z.strictObject({
  /** Attempts per logical call, the first one included. */
  maxAttempts: z.int().min(1).default(3),
  baseMs: waitMs.default(500),
  factor: z.number().min(1).default(2),
  capMs: waitMs.default(8_000),
  /** A longer Retry-After than this makes the agent give up at once. */
  retryAfterCapMs: waitMs.default(60_000),
  jitter: z.enum(['none', 'full', 'equal']).default('equal'),
  /** Absent: as many retries as the attempts allow. */
  budget: retryBudgetSchema.optional(),
})

const timeoutsSchema = z.strictObject({
  /** One model attempt, response body included. */
  modelMs: waitMs.default(30_000),
  /** One tool attempt or one approval. */
  toolMs: waitMs.default(10_000),
  /** From sending a model request to its response headers, as far as the SDK measures it. */
  headersMs: waitMs.optional(),
  /** From sending a streamed model request to the first bytes of its body. */
  firstTokenMs: waitMs.optional(),
  /** Between two pieces of a streamed reply. */
  idleMs: waitMs.optional(),
  /** One step: a model reply with its retries, and the tools that it asks for. */
  stepMs: waitMs.optional(),
  /** The whole task, waits included. */
  taskMs: waitMs.optional(),
})

/**
 * What an approver decides. `pending`: nobody has decided yet, so the task stops and waits for a human. The reason of
 * a denial is told to the model.
 */
export type ApprovalDecision =
  'approved' | 'denied' | 'pending' | { readonly decision: 'denied'; readonly reason: string }

/** Asks somebody for the approval of exactly these arguments. */
export type Approve = (
  request: { readonly tool: string; readonly arguments: JsonObject },
  options: { readonly signal: AbortSignal },
) => Promise<ApprovalDecision>

const policySchema = z.strictObject({
  /** Tools that never run and are not offered. */
  forbidden: z.array(z.string()).default([]),
  /** Tools that run only after an approval of the very same arguments. */
  gated: z.array(z.string()).default([]),
  /** Values that must not leave in tool arguments. */
  secrets: z.array(z.string().min(4)).default([]),
  /** By tool, the arguments whose values the user's own words must contain, so that no planted text can aim it. */
  userMustName: z.record(z.string(), z.array(z.string())).default({}),
  approve: z.custom<Approve>((value) => typeof value === 'function', 'must be a function').optional(),
  /** With a store: how long an approval that was asked for can be given and used, in milliseconds; default a day. */
  approvalLastsMs: waitMs.optional(),
})

const toolSchema = z.custom<Tool>(
  (value) => typeof value === 'object' && value !== null && 'prepare' in value,
  'must be made with defineTool',
)

const storeSchema = z.custom<AgentStore>(
  (value) => typeof value === 'object' && value !== null && 'write' in value,
  'must be a store, e.g. sqliteAgentStore({ path })',
)

const observerSchema = z.custom<TaskObserver>(
  (value) => typeof value === 'object' && value !== null,
  'must be an observer, e.g. genAiTelemetry({ tracer, meter })',
)

const agentOptionsSchema = z
  .strictObject({
    client: clientSchema,
    /** The system prompt. */
    instructions: z.string().min(1),
    tools: z
      .array(toolSchema)
      .refine((tools) => new Set(tools.map((tool) => tool.name)).size === tools.length, 'must have distinct names')
      .default([]),
    /** Model replies per task. */
    maxSteps: z.int().min(1).default(12),
    retry: retrySchema.default(() => retrySchema.parse({})),
    timeouts: timeoutsSchema.default(() => timeoutsSchema.parse({})),
    policy: policySchema.default(() => policySchema.parse({})),
    /** Whether replies are asked for as streams. */
    stream: z.boolean().default(false),
    breaker: breakerSchema.optional(),
    bulkhead: bulkheadSchema.optional(),
    fallback: fallbackSchema.optional(),
    safeMode: safeModeSchema.optional(),
    /** Absent: the history is sent as it is, and cut where the provider says that it is too long. */
    context: contextSchema.optional(),
    /** Shown behind the instructions, as it is at each step; its tools are among those of the option `tools`. */
    memory: z.instanceof(AgentMemory).optional(),
    /** The most characters of a tool's result that the model is told, for tools without a limit of their own. */
    resultLimitChars: z.int().min(1).nullable().default(null),
    /** Whose arguments are mended where they cannot be read, as far as they can mean one thing only. */
    repairArguments: z.enum(['off', 'read_only_tools', 'all_tools']).default('off'),
    /** Whether tools that do not say so themselves are offered with strict schemas, which the service enforces. */
    strictTools: z.boolean().default(false),
    /** The form of JSON in which a model answers; absent: text. */
    answerFormat: answerFormatSchema.optional(),
    accuracy: accuracySchema.optional(),
    /** Takes the agent out of service: while it drains, tasks are turned away and running ones come to their end. */
    drain: z.instanceof(Drain).optional(),
    /** Looks on at what tasks do, e.g. to tell it as spans and metrics; nothing depends on it. */
    observer: observerSchema.optional(),
    /** Where runs are kept, so that a later process takes them up. Absent: a run ends with its process. */
    store: storeSchema.optional(),
    /** Asked before each step whether the task is cancelled. Absent: only its signal cancels it. */
    cancellation: cancellationSchema.optional(),
    /** With a store: whether each attempt of a model call is kept there, with its body and its answer. */
    traces: z.boolean().default(false),
    /** With a store: whether what was said in a step that failed is kept there, out of context. */
    keepFailedMessages: z.boolean().default(false),
    /** Rules on which tools may run when, and on when a run ends; absent: the model decides. */
    rules: toolRulesSchema.default([]),
    /** Whether every reply must ask for a tool; one that does not ends the task with `no_tool_call`. */
    toolCalls: z.enum(['auto', 'required']).default('auto'),
    /** Replies in a row of which no call can be made, after which the task ends; absent: as many as there are steps. */
    maxInvalidReplies: z.int().min(1).optional(),
    /** What of the model's reasoning is told, and whether it is sent back. */
    reasoning: z.enum(['keep', 'redact', 'omit', 'scrub']).default('keep'),
    /**
     * What makes a run go on after tool calls: the calls alone, or a heartbeat that the model asks for in one of them.
     * Rules on tools, and calls of which nothing came, make it go on in both.
     */
    continuation: z.enum(['calls', 'heartbeat']).default('calls'),
  })
  .superRefine(({ rules, tools }, context) => {
    const unknown = unknownTools(
      rules,
      tools.map(({ name }) => name),
    )
    const message = `must name tools that there are, and there is no ${unknown.join(', ')}`
    if (unknown.length > 0) context.addIssue({ code: 'custom', path: ['rules'], message })
  })
  .refine(({ policy, store }) => store ?? policy.approve ?? policy.gated.length === 0, {
    path: ['policy', 'approve'],
    error: 'must be given where tools are gated and there is no store',
  })
  .refine(({ traces, store }) => store ?? !traces, {
    path: ['traces'],
    error: 'needs the option "store", where traces are kept',
  })
  .refine(({ keepFailedMessages, store }) => store ?? !keepFailedMessages, {
    path: ['keepFailedMessages'],
    error: 'needs the option "store", where messages are kept',
  })
  .refine(({ rules, policy, store }) => store ?? policy.approve ?? rulesOf('requires_approval', rules).length === 0, {
    path: ['policy', 'approve'],
    error: 'must be given where a tool requires approval and there is no store',
  })
  .transform(withToolForms)

/** What the user of the agent writes. */
export type AgentOptions = z.input<typeof agentOptionsSchema>
/** The parsed options, defaults filled in. */
export type AgentSettings = z.output<typeof agentOptionsSchema>
export type RetrySettings = z.output<typeof retrySchema>
export type PolicySettings = z.output<typeof policySchema>

/**
 * Parses the options of an agent.
 *
 * @throws {TypeError} one sentence that names the option and the remedy; values are left out, as one is the API key
 */
export function parseAgentOptions(options: unknown): AgentSettings {
  const parsed = agentOptionsSchema.safeParse(options)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.map(String).join('.') || 'options'
  throw new TypeError(`The agent cannot start: option "${place}" is wrong (${issue?.message}); correct it and retry.`, {
    cause: parsed.error,
  })
}
