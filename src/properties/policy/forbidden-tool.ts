import { defineProperty } from '../define-property.ts'
import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'

/** P1: what the profile forbids does not happen, whatever a model asks. */
export const forbiddenTool = defineProperty<ReadonlySet<string>>({
  id: 'P1',
  name: 'policy.forbidden-tool',
  kind: 'safety',
  statement: 'No forbidden tool is called, and none has an effect, whatever a model asks for.',
  applies: 'where the profile declares forbidden tools (`tools.forbidden`).',
  outlivesProcess: true,
  start: ({ profile }) => {
    const forbidden = new Set(profile.tools?.forbidden)
    return forbidden.size > 0 ? forbidden : null
  },
  on: {
    'response.end': (forbidden, event, judge) => {
      for (const { name } of event.model?.toolCalls ?? []) if (forbidden.has(name)) judge.trigger()
    },
    'request.sent': (forbidden, event, judge) => {
      if (!event.tool || !forbidden.has(event.tool.name)) return
      judge.violate({
        sentence: `forbidden tool ${quote(event.tool.name)} was called at ${inSeconds(event.at)} (call ${event.call}) with ${quote(event.tool.arguments)}`,
        at: event.at,
        calls: [event.call],
      })
    },
    'effect.applied': (forbidden, event, judge) => {
      if (!forbidden.has(event.effect.tool)) return
      judge.violate({
        sentence: `forbidden tool ${quote(event.effect.tool)} applied effect ${quote(event.effect.key)} at ${inSeconds(event.at)} (call ${event.call})`,
        at: event.at,
        calls: [event.call],
      })
    },
  },
})
