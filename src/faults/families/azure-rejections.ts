import * as fc from 'fast-check'
import { z } from 'zod'
import { uuid } from '../../wire/openai/identifiers.ts'
import { jsonReply } from '../../wire/reply.ts'
import type { UpstreamContext } from '../../wire/upstream.ts'
import { type AnyMember, defineMember } from '../catalogue-member.ts'
import { openAiConversations } from './spoken-in.ts'

const severities = ['hate', 'self_harm', 'sexual', 'violence'] as const
const categories = ['jailbreak', ...severities] as const
type Category = (typeof categories)[number]

const words =
  "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To learn more about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766"

/** Requests that Azure's deployments of OpenAI's models will not take. */
export const azureRejectionMembers: readonly AnyMember[] = [
  defineMember({
    id: 'openai.400.content_filter',
    family: 'rejections',
    targets: ['model'],
    dialects: openAiConversations,
    bookedOn: 'provider',
    summary: "400 content_filter in Azure's shape: the prompt was filtered, and innererror says for what",
    source: 'compl-ai#20, openai-dotnet#55; learn.microsoft.com, "Content filtering" for the results',
    parameters: z.strictObject({
      category: z.enum(categories).default('jailbreak').describe('what the prompt was filtered for'),
    }),
    arbitrary: fc.record({ category: fc.constantFrom(...categories) }),
    strike: (_call, { category }) => ({
      instead: (context) => jsonReply(400, { error: filtered(category) }, azureHeaders(context)),
    }),
  }),
]

function filtered(category: Category) {
  const innererror = { code: 'ResponsibleAIPolicyViolation', content_filter_result: filterResult(category) }
  return { message: words, type: null, param: 'prompt', code: 'content_filter', status: 400, innererror }
}

/** Attacks on the prompt are detected or not; everything else has a severity. */
function filterResult(category: Category): Readonly<Record<string, object>> {
  const isJailbreak = category === 'jailbreak'
  const graded = severities.map((name) => {
    const isFiltered = name === category
    return [name, { filtered: isFiltered, severity: isFiltered ? 'high' : 'safe' }] as const
  })
  const { hate, ...rest } = Object.fromEntries(graded)
  return { hate: hate ?? {}, jailbreak: { filtered: isJailbreak, detected: isJailbreak }, ...rest }
}

/** The headers that every answer of a deployment has. */
function azureHeaders({ seed, call }: UpstreamContext): Readonly<Record<string, string>> {
  const identifier = uuid(seed, call)
  return { 'apim-request-id': identifier, 'x-request-id': identifier, 'x-ms-region': 'East US' }
}
