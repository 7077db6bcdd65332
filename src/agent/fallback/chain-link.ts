import type { FallbackSource } from './fallback-options.ts'
import type { StopReason } from '../task/outcome.ts'

/** A source of answers in the order of a task: the agent's own loop, or a fallback. */
export type ChainLink = { readonly kind: 'primary'; readonly source: string } | FallbackSource

/** The order in which the sources are tried; given in the order of the options. */
export type ChainOrder = (links: readonly ChainLink[]) => readonly ChainLink[]

/** Why a task ended that no source has answered; given the reason of the last failure. */
export type ExhaustedStop = (stop: StopReason) => StopReason
