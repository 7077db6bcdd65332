/** By what a record is found whose id nobody knows. */
export interface Findable {
  /** On whose behalf it was kept: it is found by nobody else. */
  readonly owner: string
  readonly text: string
  readonly atMs: number
  /** The run in whose context it stands, and where it is shown anyway; null where it stands in none. */
  readonly shownIn: string | null
}

/** Which records of an owner are wanted. */
export interface Search {
  readonly owner: string
  /** Words that they hold, as `ranked` says; absent: any, the newest first. */
  readonly text?: string | undefined
  /** From this moment on, in milliseconds since the Unix epoch. */
  readonly fromMs?: number | undefined
  /** Before this moment. */
  readonly beforeMs?: number | undefined
  readonly offset: number
  readonly limit: number
}

/** Which records of an owner are counted. */
export interface Count {
  readonly owner: string
  /** Absent: all; else those that do not stand in the context of this run. */
  readonly notShownIn?: string | undefined
}
