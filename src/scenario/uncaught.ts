import { ProcessIsGone } from '../simulation/process-is-gone.ts'
import type { World } from '../simulation/world.ts'
import { describeThrown } from '../contract/describe-thrown.ts'

/**
 * Books uncaught errors and unhandled rejections on the world that is running, which ends as crashed.
 *
 * Without it an agent's forgotten `await` would take the whole process along. Returns the way back.
 */
export function watchUncaught(world: World): () => void {
  const onUncaught = (thrown: unknown): void => {
    // It stopped code of a life that was over.
    if (thrown instanceof ProcessIsGone) return
    world.interrupt({ how: 'crashed', detail: `uncaught ${describeThrown(thrown)}` })
  }
  process.on('uncaughtException', onUncaught)
  process.on('unhandledRejection', onUncaught)
  return () => {
    process.off('uncaughtException', onUncaught)
    process.off('unhandledRejection', onUncaught)
  }
}
