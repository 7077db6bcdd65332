import { quote } from '../quote.ts'
import { inSeconds } from '../virtual-time.ts'
import { defineFallbackProperty } from './define-fallback-property.ts'
import { taskWords } from './fallback-words.ts'
import { isCallersMistake, isUsable } from './source-call.ts'
import type { TaskLine } from './task-line.ts'

interface Rules {
  /** The tasks that go by a number of tokens that a fault has made too small. */
  readonly miscounted: Set<TaskLine>
}

/** F9: what is sent to a source fits that source. */
export const fallbackFit = defineFallbackProperty<Rules>({
  id: 'F9',
  name: 'fallback.fit',
  statement:
    'A request to a source has no more tokens, with the most that its reply may have, than the declared `windowTokens` of that source, and offers no tool that is not in its declared `tools`. Where the chain does not tell sources apart, it fits one of them. After a fault has had the agent count too few tokens (`tokens.undercounted`), the window does not bind the task until a request that asks for no summary has brought a usable reply or was refused as the caller’s own mistake: as long as that the agent goes by what it counted.',
  applies: 'where a source of `fallback.chain` declares `windowTokens` or `tools`.',
  begin: (_facts, { chain }) =>
    chain.sources.some(({ windowTokens, tools }) => windowTokens !== undefined || tools)
      ? { miscounted: new Set() }
      : null,
  asked: ({ ledger: { chain }, rules: { miscounted } }, line, { call, places, view, sentAt }, judge) => {
    if (places.length === 0) return
    const tokens = view.inputTokens + (view.maxOutputTokens ?? 0)
    const misfits = places.map((place): string | null => {
      const { windowTokens: declared = Infinity, tools, source } = chain.sources[place] ?? { source: '' }
      const windowTokens = miscounted.has(line) ? Infinity : declared
      if (tools || Number.isFinite(windowTokens)) judge.trigger()
      if (tokens > windowTokens) {
        return `asked source ${quote(source)} with ${tokens} tokens, its reply included, but the window of that source is ${windowTokens}`
      }
      const tool = tools && view.offeredTools.find((name) => !tools.includes(name))
      return tool === undefined
        ? null
        : `offered tool ${quote(tool)} to source ${quote(source)}, which may have only ${quote(tools)}`
    })
    const [first] = misfits
    if (first === undefined || first === null || misfits.includes(null)) return
    judge.violate({
      sentence: `${taskWords(line)} ${first} (call ${call} at ${inSeconds(sentAt)})`,
      at: sentAt,
      calls: [call],
    })
  },
  answered: ({ rules: { miscounted } }, line, call) => {
    if (!call.isForSummary && (isCallersMistake(call) || isUsable(call))) miscounted.delete(line)
  },
  also: {
    'fault.injected': ({ ledger, rules: { miscounted } }, event) => {
      if (event.id === 'tokens.undercounted') miscounted.add(ledger.lineOf(event))
    },
  },
})
