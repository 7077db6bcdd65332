import { defaultParts } from '../../../src/agent/agent-parts.ts'
import { mutant } from '../mutant.ts'

/** Tells the model nothing of a tool that failed, so that its call stays without a result. */
export default mutant('drops a tool result', {
  toolResultMessages: (results) =>
    defaultParts.toolResultMessages(results.filter(({ content }) => !/^Error: \w+ failed: /.test(content))),
})
