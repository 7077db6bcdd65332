import { z } from 'zod'
import type { Tool } from '../tools/tool.ts'

/** The argument by which a model asks to go on after a call. */
export const heartbeatParameter = 'request_heartbeat'

const parameterSchema = {
  type: 'boolean',
  description: 'Whether you want to go on after this call: true to see its result and act on it, false to be done.',
}

const schemaParts = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
})

/** The argument taken out of the arguments of a call, and what it said. */
interface Popped {
  readonly argumentsText: string
  readonly requestsHeartbeat: boolean
}

/**
 * The tool with a boolean argument of its own by which the model asks for another step. Schema, policy, approvals and
 * effects of the tool see nothing of it.
 *
 * @param isOffered whether the model is shown the argument; where it is not, one that it gives is heard all the same
 */
export function withHeartbeat(tool: Tool, isOffered: boolean): Tool {
  return {
    ...tool,
    jsonSchema: isOffered ? asking(tool.jsonSchema) : tool.jsonSchema,
    prepare(text) {
      const { argumentsText, requestsHeartbeat } = popHeartbeat(text)
      const prepared = tool.prepare(argumentsText)
      return 'problem' in prepared ? prepared : { call: { ...prepared.call, requestsHeartbeat } }
    },
  }
}

/** Whether a tool has an argument of that name itself, so that the two could not be told apart. */
export function hasHeartbeat({ jsonSchema }: Tool): boolean {
  return Object.hasOwn(schemaParts.parse(jsonSchema).properties, heartbeatParameter)
}

function asking(jsonSchema: Tool['jsonSchema']): Tool['jsonSchema'] {
  const { properties, required } = schemaParts.parse(jsonSchema)
  return {
    ...jsonSchema,
    properties: { ...properties, [heartbeatParameter]: parameterSchema },
    required: [...required, heartbeatParameter],
  }
}

/** Models write the boolean as text now and then. Anything else is no wish; arguments that cannot be read have none. */
function popHeartbeat(argumentsText: string): Popped {
  const parsed = parsedJson(argumentsText)
  if (!isAsking(parsed)) return { argumentsText, requestsHeartbeat: false }
  const { [heartbeatParameter]: wish, ...rest } = parsed
  const requestsHeartbeat = wish === true || (typeof wish === 'string' && wish.toLowerCase() === 'true')
  return { argumentsText: JSON.stringify(rest), requestsHeartbeat }
}

function isAsking(value: unknown): value is Record<typeof heartbeatParameter, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, heartbeatParameter)
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
