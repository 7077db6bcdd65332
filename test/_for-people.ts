import process from 'node:process'

// Commands that tests start speak to people, also where an AI agent runs the tests.
for (const mark of [
  ...['AI_AGENT', 'AUGMENT_AGENT', 'CLAUDECODE', 'CLAUDE_CODE', 'CODEX_SANDBOX', 'CODEX_THREAD_ID'],
  ...['COPILOT_AGENT', 'COPILOT_CLI', 'CURSOR_AGENT', 'GEMINI_CLI', 'OPENCODE'],
]) {
  delete process.env[mark]
}
