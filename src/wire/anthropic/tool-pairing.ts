import { type Complaint, type ContentBlockParam, type MessageParam, contentBlocks } from './message-params.ts'

/** A block with its place in the request. */
interface Placed {
  readonly block: ContentBlockParam
  readonly message: number
  readonly index: number
}

/** Messages of one role in a row, which the service joins to one. */
interface Turn {
  readonly role: MessageParam['role']
  readonly blocks: Placed[]
}

/**
 * What the service finds wrong with the pairing of `tool_use` and `tool_result` blocks; null where it is right.
 *
 * Each `tool_use` needs a `tool_result` in the turn after it, before any other block of that turn; each `tool_result` a
 * `tool_use` in the turn before; ids are unique in the conversation.
 * Source of the rules: docs.claude.com, "Handle tool calls"; of the words: error bodies recorded in claude-code#1894,
 * goose#2951, openclaw#14322 and other public issue threads.
 */
export function pairingComplaint(messages: readonly MessageParam[]): Complaint | null {
  const turns = turnsOf(messages)
  const used = new Set<string>()
  let open = new Map<string, number>()
  for (const { role, blocks } of turns) {
    if (role === 'user') {
      const complaint = unansweredComplaint(open, blocks) ?? resultComplaint(open, blocks)
      if (complaint !== null) return complaint
      open = new Map()
      continue
    }
    for (const { block, message, index } of blocks) {
      if (block.type !== 'tool_use') continue
      if (used.has(block.id)) return `messages.${message}.content.${index}: \`tool_use\` ids must be unique`
      used.add(block.id)
      open.set(block.id, message)
    }
  }
  return open.size > 0 ? unanswered(open, [...open.keys()]) : null
}

/** System messages stand between turns and are none. */
function turnsOf(messages: readonly MessageParam[]): Turn[] {
  const turns: Turn[] = []
  for (const [message, { role, content }] of messages.entries()) {
    if (role === 'system') continue
    const blocks = contentBlocks(content).map((block, index) => ({ block, message, index }))
    const last = turns.at(-1)
    if (last?.role === role) last.blocks.push(...blocks)
    else turns.push({ role, blocks })
  }
  return turns
}

/** Only results at the head of the turn count. */
function unansweredComplaint(open: ReadonlyMap<string, number>, blocks: readonly Placed[]): Complaint | null {
  const missing = new Set(open.keys())
  for (const { block } of blocks) {
    if (block.type !== 'tool_result') break
    missing.delete(block.tool_use_id)
  }
  return missing.size > 0 ? unanswered(open, [...missing]) : null
}

function resultComplaint(open: ReadonlyMap<string, number>, blocks: readonly Placed[]): Complaint | null {
  const seen = new Set<string>()
  for (const { block, message, index } of blocks) {
    if (block.type !== 'tool_result') continue
    const { tool_use_id: id } = block
    const at = `messages.${message}.content.${index}`
    if (!open.has(id)) {
      return `${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`
    }
    if (seen.has(id)) {
      return `${at}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`
    }
    seen.add(id)
  }
  return null
}

function unanswered(open: ReadonlyMap<string, number>, ids: readonly string[]): Complaint {
  const message = open.get(ids[0] ?? '')
  return `messages.${message}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`
}
