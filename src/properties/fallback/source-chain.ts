import type { FallbackSource } from '../../contract/fallback-profile.ts'

/** The declared chain, asked from two sides: which source a request goes to, and which one a claim names. */
export class SourceChain {
  readonly sources: readonly FallbackSource[]
  readonly primary: string

  constructor(sources: readonly FallbackSource[]) {
    this.sources = sources
    this.primary = sources[0]?.source ?? 'primary'
  }

  /**
   * Places in the chain that a request to this endpoint for this model can stand for; none where it is no source's.
   *
   * A source that names the model speaks for it before one that names the endpoint alone. Several remain where the
   * chain does not tell them apart.
   */
  askedBy(upstream: string, model: string): readonly number[] {
    const places = this.#placesWhere((source) => source.upstream === upstream && source.model === model)
    if (places.length > 0) return places
    return this.#placesWhere((source) => source.upstream === upstream && source.model === undefined)
  }

  /** Whether sources share the endpoint, each by a model of its own: then another model there is none of them. */
  namesModelsOf(upstream: string): boolean {
    const sharing = this.sources.filter((source) => source.upstream === upstream)
    return sharing.length > 0 && sharing.every((source) => source.model !== undefined)
  }

  /** The place of a source by the name that a claim gives it; −1 for a name that is not in the chain. */
  placeOf(name: string | undefined): number {
    return this.sources.findIndex(({ source }) => source === name)
  }

  nameOf(place: number): string {
    return this.sources[place]?.source ?? ''
  }

  #placesWhere(test: (source: FallbackSource) => boolean): readonly number[] {
    return this.sources.flatMap((source, place) => (test(source) ? [place] : []))
  }
}
