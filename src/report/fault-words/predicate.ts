/** Tells what happens to one call, as the rest of a sentence. */
export type Predicate = (parameter: Reader) => string

/** Reads one parameter as words; throws {@link Missing} where it is absent. */
export interface Reader {
  readonly text: (name: string) => string
  readonly span: (name: string) => string
  readonly demand: () => string
  /** The frames of a stream behind which something happens. */
  readonly frames: () => string
  readonly has: (name: string) => boolean
}

/** Words for some of the catalogue's faults, by ID. */
export type FaultWords = Readonly<Record<string, Predicate>>
