import type {
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionMessageParam,
  ChatCompletionToolChoiceOption,
} from 'openai/resources/chat/completions'
import type { RequestedFormat } from '../../format/answer-format.ts'
import type { Message } from '../../messages/message.ts'
import type { ModelRequest, ToolChoice } from '../provider.ts'

/** Spells a request for Chat Completions. Reasoning stays at home: the dialect has no place for it. */
export function openAiBody({
  model,
  messages,
  tools,
  toolChoice,
  maxOutputTokens,
  answerFormat,
}: ModelRequest): ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: messages.map(spell),
    ...(tools.length > 0 ? { tools: tools.map(offer) } : {}),
    ...(tools.length > 0 && toolChoice !== 'auto' ? { tool_choice: choose(toolChoice) } : {}),
    ...(maxOutputTokens === null ? {} : { max_completion_tokens: maxOutputTokens }),
    ...(answerFormat ? { response_format: formOf(answerFormat) } : {}),
  }
}

function choose(choice: Exclude<ToolChoice, 'auto'>): ChatCompletionToolChoiceOption {
  return choice === 'required' ? choice : { type: 'function', function: { name: choice.tool } }
}

function formOf({ name, jsonSchema }: RequestedFormat) {
  return { type: 'json_schema' as const, json_schema: { name, strict: true, schema: jsonSchema } }
}

function offer({ name, description, jsonSchema, strict }: ModelRequest['tools'][number]) {
  const strictly = strict ? { strict } : {}
  return { type: 'function' as const, function: { name, description, parameters: jsonSchema, ...strictly } }
}

function spell(message: Message): ChatCompletionMessageParam {
  switch (message.role) {
    case 'assistant': {
      const { role, content, calls } = message
      const tool_calls = calls.map(({ id, name, argumentsText }) => ({
        id,
        type: 'function' as const,
        function: { name, arguments: argumentsText },
      }))
      return tool_calls.length > 0 ? { role, content, tool_calls } : { role, content }
    }
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.content }
    default:
      return { role: message.role, content: message.content }
  }
}
