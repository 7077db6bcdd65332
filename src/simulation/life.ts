/**
 * One life of the agent's process: from its start until it is killed, or until the trial is over.
 *
 * Everything that runs in it was begun in one of its contexts, and finds the world through that.
 */
export class Life<World> {
  isOver = false
  readonly #contexts: { world: World }[] = []

  adopt<Context extends { world: World }>(context: Context): Context {
    this.#contexts.push(context)
    return context
  }

  /** Ends the life: whatever of it still runs is in another world from here on, in which nothing happens. */
  end(elsewhere?: World): void {
    this.isOver = true
    if (elsewhere === undefined) return
    for (const context of this.#contexts) context.world = elsewhere
  }
}
