/**
 * Environment variables by which AI agents mark the commands that they run. `AI_AGENT` is what they agree upon; none is
 * set for a whole machine, so that a person is not taken for an agent.
 */
const marks = [
  'AI_AGENT',
  'AUGMENT_AGENT',
  'CLAUDECODE',
  'CLAUDE_CODE',
  'CODEX_SANDBOX',
  'CODEX_THREAD_ID',
  'COPILOT_AGENT',
  'COPILOT_CLI',
  'CURSOR_AGENT',
  'GEMINI_CLI',
  'OPENCODE',
] as const

/** The variable that says that an AI agent reads what is printed; null where a person does, or nobody knows. */
export function automatedReader(): string | null {
  return marks.find((name) => !['', '0', 'false'].includes(process.env[name] ?? '')) ?? null
}
