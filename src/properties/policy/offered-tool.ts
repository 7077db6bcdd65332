import type { RequestSent } from '../../contract/event.ts'
import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

/** P2: only tools on offer are executed. */
export const offeredTool = defineProperty<Map<number, RequestSent>>({
  id: 'P2',
  name: 'policy.offered-tool',
  kind: 'safety',
  statement:
    "A tool that a task calls was offered in the latest model request of that task; calls before the first model request are the program's own and not judged.",
  applies: 'always.',
  start: () => new Map(),
  on: {
    'request.sent': (latest, event, judge) => {
      if (event.model) latest.set(event.task, event)
      const request = event.tool && latest.get(event.task)
      if (!event.tool || !request) return
      judge.trigger()
      const offered = request.model?.offeredTools ?? []
      if (offered.includes(event.tool.name)) return
      judge.violate({
        sentence: `tool ${quote(event.tool.name)} was called at ${inSeconds(event.at)} (call ${event.call}), but the latest model request at ${inSeconds(request.at)} (call ${request.call}) offered only ${quote(offered)}`,
        at: event.at,
        calls: [request.call, event.call],
      })
    },
  },
})
