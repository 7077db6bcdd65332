import { type Section, by, drilled } from './entry.ts'

const clients = 'test/conformance/statements.test.ts'

/** Sections 0 to 3: what the SDKs do by themselves, and the answers that are errors. */
export const httpErrorSections: readonly Section[] = [
  {
    title: '0 What the SDKs do by themselves',
    entries: {
      'sdk.retries by default': drilled('test/faults/families/retry-after.test.ts'),
      'sdk.request timeout': drilled('test/faults/families/transport.test.ts'),
      'sdk.retries on': drilled(
        'test/faults/families/provider-errors.test.ts',
        'test/faults/families/anthropic.test.ts',
      ),
      'sdk.retry-after-ms then retry-after': drilled('test/faults/families/retry-after.test.ts'),
      'sdk.retry-after over 60 s': drilled('test/faults/families/retry-after.test.ts'),
      'sdk.unparsable retry-after': drilled('test/faults/families/retry-after.test.ts'),
      'sdk.past-date retry-after': drilled('test/faults/families/retry-after.test.ts'),
      'sdk.backoff': drilled('test/faults/families/retry-after.test.ts'),
      'sdk.429 insufficient_quota is retried': drilled(
        'test/faults/families/rate-limits.test.ts',
        'test/docs/findings.test.ts',
      ),
      'sdk.raw stream without an end': drilled(clients, 'test/docs/findings.test.ts'),
      'sdk.helper stream without an end': drilled(clients),
      'sdk.malformed SSE JSON': drilled(clients),
      'sdk.in-band error': drilled(clients),
      'sdk.abort mid-iteration': drilled(clients),
    },
  },
  {
    title: '1 Rate limit, quota, billing',
    entries: {
      'openai.429.tpm': by('openai.429.tpm'),
      'openai.429.rpm': by('openai.429.rpm'),
      'openai.429.bare': by('openai.429.bare'),
      'openai.429.quota': by('openai.429.quota'),
      'openai.429.billing': by('openai.429.billing'),
      'openai.429.slow_down': by('openai.429.slow_down'),
      'anthropic.429': by('anthropic.429'),
      'anthropic.429.spend': by('anthropic.429.spend'),
      'anthropic.400.spend': by('anthropic.400.spend'),
      'anthropic.402': by('anthropic.402'),
      'gemini.429': by('gemini.429'),
      'bedrock.429': by('bedrock.429'),
      'retry-after.*': by('retry-after'),
    },
  },
  {
    title: '2 Overload and server errors',
    entries: {
      'openai.500': by('openai.500'),
      'openai.503.overloaded': by('openai.503'),
      'anthropic.500': by('anthropic.500'),
      'anthropic.504': by('anthropic.504'),
      'anthropic.529': by('anthropic.529'),
      'ours: Gemini and Bedrock in trouble': by('gemini.500', 'gemini.503', 'gemini.504', 'bedrock.500', 'bedrock.503'),
      'gateway.502/503/504.html': by('gateway.502', 'gateway.503', 'gateway.504', 'tool.html'),
      'gateway.empty': by('gateway.empty'),
      'gateway.520-524': by('gateway.520', 'gateway.522', 'gateway.524'),
      'outage.sustained': {
        triggers: ['burst', 'between'],
        patterns: ['brownout', 'failover'],
        drills: ['test/faults/faults.test.ts'],
      },
      flap: { triggers: ['cycle'], patterns: ['flap'], drills: ['test/faults/patterns/patterns.test.ts'] },
      'recover.nth': { triggers: ['until'], drills: ['test/faults/trigger.test.ts'] },
    },
  },
  {
    title: '3 Request rejected',
    entries: {
      'openai.400.context': by('openai.400.context', 'openai.400.context.completion'),
      'deepseek.400.context': by('deepseek.400.context'),
      'anthropic.400.context': by('anthropic.400.context'),
      'anthropic.400.max_tokens': by('anthropic.400.max_tokens'),
      'gemini.400.context': by('gemini.400.context'),
      'bedrock.400': by('bedrock.400.context', 'bedrock.400.pairing'),
      'anthropic.413': by('anthropic.413'),
      'openai.400.content_filter (Azure)': by('openai.400.content_filter'),
      'anthropic.400.pairing': by('anthropic.400.pairing'),
      'openai.400.pairing': by('openai.400.pairing'),
      '401': by('gemini.400.key', 'openai.401', 'anthropic.401'),
      '403': by('bedrock.403', 'gemini.403', 'openai.403', 'anthropic.403'),
      '404': by('bedrock.404', 'gemini.404', 'openai.404', 'anthropic.404'),
      '408': by('bedrock.408', 'openai.408'),
      '409': by('openai.409', 'anthropic.409'),
      '422': by('openai.422'),
      'x-should-retry': {
        members: ['retry-after', 'x-should-retry.false', 'x-should-retry.true'],
        drills: ['test/faults/families/retry-after.test.ts'],
      },
      'ours: a field of the wrong type': by('openai.400'),
    },
  },
]
