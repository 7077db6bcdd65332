/** How pieces of work are done in order. */
export interface OrderedWork<Piece, Done> {
  readonly run: (piece: Piece) => Promise<Done>
  /** Asked after each piece, in their order, of all that were done so far. */
  readonly isEnough: (done: readonly Done[]) => boolean
  /** Pieces that may run before it is known whether they are needed. */
  readonly ahead: number
}

/**
 * Does pieces of work until they are enough, or there are no more.
 *
 * Asked in the order of the pieces, so that the answer depends on no worker. Later pieces may already be running by then;
 * they count for nothing, whatever comes of them.
 */
export async function runInOrderUntil<Piece, Done>(
  pieces: readonly Piece[],
  { run, isEnough, ahead }: OrderedWork<Piece, Done>,
): Promise<Done[]> {
  const started: Promise<Done>[] = []
  const done: Done[] = []
  for (const index of pieces.keys()) {
    for (const piece of pieces.slice(started.length, index + 1 + ahead)) started.push(begun(run(piece)))
    for (const next of started.slice(index, index + 1)) done.push(await next)
    if (isEnough(done)) break
  }
  // Nothing may still run when the run is over.
  await Promise.allSettled(started)
  return done
}

/** A piece that fails is told where it is needed, and nowhere else. */
function begun<Done>(running: Promise<Done>): Promise<Done> {
  running.catch(() => {})
  return running
}
