import type { World } from './world.ts'

/** Handles that keep a process alive, by the names Node gives them; sockets come and go with their peers. */
const handles = ['TCPServerWrap', 'UDPWRAP', 'FSEventWrap', 'StatWatcher', 'MessagePort', 'ProcessWrap']

const before = new Map(countHandles())

/** What an agent left behind when its tasks had ended, e.g. `interval ×1`; sorted, so that traces agree. */
export function leftovers(world: World): string[] {
  const counts = new Map<string, number>()
  for (const timer of world.clock.pending) {
    // What is unreferenced would not have kept the process alive either.
    if (!timer.hasRef()) continue
    const kind = timer.repeats ? 'interval' : 'timer'
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  for (const [handle, count] of countHandles()) {
    const more = count - (before.get(handle) ?? 0)
    if (more > 0) counts.set(handle, more)
    before.set(handle, count)
  }
  return [...counts].map(([what, count]) => `${what} ×${count}`).toSorted()
}

function countHandles(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const resource of process.getActiveResourcesInfo()) {
    if (handles.includes(resource)) counts.set(resource, (counts.get(resource) ?? 0) + 1)
  }
  return counts
}
