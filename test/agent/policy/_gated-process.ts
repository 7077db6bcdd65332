import { z } from 'zod'
import { createReferenceAgent } from '../../../src/agent/reference-agent.ts'
import { sqliteAgentStore } from '../../../src/agent/store/sqlite/sqlite-store.ts'
import { httpTool } from '../../../src/agent/tools/http-tool.ts'
import { defineTool } from '../../../src/agent/tools/tool.ts'

/** A process that runs one task with gated refunds, prints what came of it, and ends. */
const [, , model = '', back = '', path = ''] = process.argv
const store = sqliteAgentStore({ path })
const agent = createReferenceAgent({
  client: { apiKey: 'key', baseURL: `${model}/v1`, model: 'm' },
  instructions: 'You help customers.',
  store,
  tools: [
    defineTool({
      name: 'issue_refund',
      description: 'Refunds an order.',
      parameters: z.object({ id: z.string() }),
      effectful: true,
      execute: httpTool({ method: 'POST', url: () => `${back}/refunds`, body: (args) => args }),
    }),
  ],
  policy: { gated: ['issue_refund'] },
})
const outcome = await agent({ id: 'T-1', input: 'Refund both.' }, { signal: new AbortController().signal })
await store.close()
process.stdout.write(JSON.stringify(outcome))
