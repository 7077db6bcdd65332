import { anthropicMessages, openAiChat, sqliteStore } from 'shakedown'
import type { ModelTurn, ScriptedReply, Upstream } from 'shakedown'
import { summaryWords } from '../../src/agent/memory/summary-request.ts'
import { supportModel } from '../support/support-model.ts'
import { shopServices } from '../support/support-world.ts'
import { wholeNumbers } from './whole-numbers.ts'
import { policyServer } from './whole-policy.ts'

/** Where both models are, and the file in which the agent keeps its runs and its memory. */
export const places = {
  primary: 'https://api.openai.com',
  backup: 'https://api.anthropic.com',
  store: '/var/lib/support-desk/agent.sqlite',
}

/** A few tokens at a time: cuts fall inside words and arguments all the same, and a trial takes fewer events. */
const pace = { tokensPerChunk: 4, perChunkMs: 100 }

/** Two providers, the shop's services, the clerk who approves refunds, and a file that outlives the process. */
export function wholeWorld(): Upstream[] {
  return [
    openAiChat({
      name: 'primary',
      origin: places.primary,
      script: summingUp,
      windowTokens: wholeNumbers.windowTokens,
      pace,
    }),
    anthropicMessages({
      name: 'backup',
      origin: places.backup,
      script: backupModel,
      windowTokens: wholeNumbers.backupWindowTokens,
      pace,
    }),
    ...shopServices(),
    policyServer(),
    sqliteStore({ name: 'memory', path: places.store }),
  ]
}

/** The model of the desk also sums up what it said before, where that is asked for. */
function summingUp(turn: ModelTurn): ScriptedReply {
  const isSummary = turn.messages.some(({ role, text }) => role === 'system' && text.includes(summaryWords))
  return isSummary ? { content: 'The customer asked, and orders were looked up.' } : supportModel(turn)
}

/** The other provider's model has no tools. */
function backupModel(): ScriptedReply {
  return { content: 'I cannot see your order at the moment. A colleague will write to you today.' }
}
