import { type Section, argued, by, drilled } from './entry.ts'

const chain = 'test/agent/fallback/fallback-chain.test.ts'
const shrinking = 'test/agent/memory/context-shrink.test.ts'
const stores = 'test/wire/stores/imported-early.test.ts'

/** Sections 9 to 11: what the agent keeps, what it may do, and the time and process it lives in. */
export const agentSections: readonly Section[] = [
  {
    title: '9 Context, history, memory',
    entries: {
      'context.overflow by input': by(
        'openai.400.context',
        'anthropic.400.context',
        'gemini.400.context',
        'bedrock.400.context',
      ),
      'context.overflow by max_tokens': by('openai.400.context.completion', 'anthropic.400.max_tokens'),
      'context.overflow by tool output': by('context.huge_tool_result'),
      'context.overflow again after compaction': {
        members: ['context.overflow_again', 'openai.400.context'],
        triggers: ['burst', 'every'],
        drills: [shrinking],
      },
      'context.compaction drops a tool_result': {
        members: [
          'history.tool_result_dropped',
          'openai.400.pairing',
          'anthropic.400.pairing',
          'gemini.400.pairing',
          'bedrock.400.pairing',
        ],
        drills: ['test/mutants/support/drops-a-tool-result.scenario.ts'],
      },
      'history.truncated': by('history.truncated'),
      'history.duplicated': by('history.duplicated'),
      'history.reordered': by('history.reordered'),
      'history.system prompt lost': by('history.system_prompt_lost'),
      'memory.poisoned': by('memory.poisoned'),
      'memory.stale': by('memory.stale'),
      'memory.unavailable': by('memory.unavailable'),
      'context.token counter wrong': by('tokens.undercounted', 'usage'),
      'context.cache miss': { members: ['cache.miss'], drills: [chain] },
    },
  },
  {
    title: '10 Policy and adversarial',
    entries: {
      'injection.user': drilled('scenarios/support/support-attacks.ts'),
      'injection.tool result': by('policy.planted_instruction'),
      'injection.MCP description': by('mcp.inject'),
      'injection.retrieved document': by('policy.planted_instruction'),
      'policy.forbidden tool requested': by('policy.forbidden_tool'),
      'policy.gated tool without approval': by('policy.gated_tool'),
      'policy.arguments out of range': drilled('test/agent/policy/policy-guard.test.ts'),
      'policy.privilege escalation': by('policy.gated_tool'),
      'policy.identity spoofing': {
        members: ['policy.planted_instruction'],
        argued: 'its text speaks as the system, from inside the answer of a tool',
      },
      'policy.exfiltration through arguments': by('policy.canary_in_arguments'),
      'policy engine.throws': by('policy.engine.error'),
      'policy engine.times out': by('net.hang.headers', 'function.hangs'),
      'policy engine.malformed': by('policy.engine.malformed'),
      'policy engine.allows everything': by('policy.engine.permissive', 'policy.engine.inverted'),
      'policy engine.slow': by('latency.fixed', 'latency.lognormal'),
      'approval.never arrives': { members: ['approval.never'], drills: ['test/agent/tools/tool-batch.test.ts'] },
      'approval.after cancel': by('approval.late'),
      'approval.replayed': by('approval.replayed'),
      'policy.changed mid-run': by('policy.engine.changed'),
      'policy.budget kill mid tool call': by('policy.budget_kill'),
      'agents.deadlock': by('delegation.loop', 'net.hang.headers'),
      'agents.contradictory instructions': {
        members: ['policy.planted_instruction', 'tool.contradiction'],
        argued: 'an instruction in the answer of another agent, against those that the agent was given; or two answers',
      },
      'agents.trust drop': argued(
        'trust between agents is a rule of a governance kit (AGT), not of a wire: the service that decides is a policy upstream, and its change is policy.changed',
      ),
      'mcp.tool shadowing': by('mcp.inject'),
      'ours: stores that fail': {
        members: ['store.busy', 'store.connection', 'store.corrupt', 'store.full', 'store.query', 'store.readonly'],
        drills: [stores],
      },
    },
  },
  {
    title: '11 Clock and process',
    entries: {
      'clock.jumps forward': by('clock.jump_forward'),
      'clock.jumps back': by('clock.jump_back'),
      'clock.monotonic against wall': by('clock.jump_forward', 'clock.jump_back'),
      'clock.timer coalescing': by('clock.late_timers'),
      'clock.skewed HTTP date in Retry-After': {
        members: ['retry-after', 'clock.jump_forward', 'clock.jump_back'],
        drills: ['test/scenario/process/skewed-retry-after.test.ts'],
      },
      'process.killed between side effect and history': by('process.kill'),
      'process.restart and resume': by('process.kill'),
      'process.event loop blocked': by('process.block'),
      'process.abort at every await point': by('task.abort'),
      'process.concurrent runs sharing a breaker or limiter': drilled(
        'scenarios/resilience/resilience-workloads.ts',
        'test/drills/breaker.test.ts',
      ),
    },
  },
]
