import { z } from 'zod'
import type { ToolRequestView } from '../contract/event.ts'
import { jsonObjectSchema } from '../contract/json.ts'
import type { Task } from '../contract/task.ts'
import { jsonReply } from './reply.ts'
import { type Upstream, opaqueReply, opaqueRequest } from './upstream.ts'

/** How the service that says what is allowed is set up. */
export interface PolicyServiceOptions {
  /** Where it is asked, e.g. `https://policy.test/v1/data/agent`. */
  readonly url: string
  /** Decides whether a call may be made, knowing the task. */
  readonly decide: (request: ToolRequestView, task: Task | undefined) => boolean
  /** Default `policy`. */
  readonly name?: string
  /** Virtual milliseconds of an undisturbed answer; default 20. */
  readonly latencyMs?: number
}

/** A decision is a document with `allow`, or that field itself where its own address was asked. */
const decisionSchema = z.object({
  result: z.union([z.boolean(), z.object({ allow: z.boolean() }).transform(({ allow }) => allow)]),
})
const bodySchema = z.object({ input: z.object({ tool: z.string(), arguments: jsonObjectSchema }) })

/**
 * A policy engine as an HTTP service, in the words of the Open Policy Agent: `POST {"input":{"tool","arguments"}}` is
 * answered by `{"result":{"allow"}}`. On the wire, so that an agent that does not fail closed is seen to act.
 *
 * Source: https://www.openpolicyagent.org/docs/rest-api, "Get a Document (with Input)"
 */
export function policyService({ url, decide, name = 'policy', latencyMs = 20 }: PolicyServiceOptions): Upstream {
  const { origin, pathname } = new URL(url)
  return {
    name,
    kind: 'policy',
    origin,
    latencyMs,
    matches: (method, path) => method === 'POST' && path === pathname,
    understand: ({ body }) => ({ ...opaqueRequest, parsed: parseQuestion(body) }),
    handle(_request, { parsed }, { task }) {
      const question = parsed as ToolRequestView | null
      if (question === null) return jsonReply(400, invalidInput)
      return jsonReply(200, { result: { allow: decide(question, task) } })
    },
    describe: () => opaqueReply,
  }
}

const invalidInput = {
  code: 'invalid_parameter',
  message: 'body contains malformed input document: expected {"input":{"tool":string,"arguments":object}}',
}

/** The call that a policy engine is asked about in a body; null where that is no such question. */
export function parseQuestion(body: string): ToolRequestView | null {
  try {
    const { input } = bodySchema.parse(JSON.parse(body))
    return { name: input.tool, arguments: input.arguments }
  } catch {
    return null
  }
}

/** Whether an engine's answer allows the call; null where it decides nothing: no JSON, no result, no boolean. */
export function parseDecision(body: string): boolean | null {
  try {
    return decisionSchema.parse(JSON.parse(body)).result
  } catch {
    return null
  }
}
