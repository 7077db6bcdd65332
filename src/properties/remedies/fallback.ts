/** What usually breaks the properties of fallbacks, and what to change; by name. */
export const fallbackRemedies: Readonly<Record<string, string>> = {
  'fallback.order':
    'Usually a source is left out, or taken by another rule than the chain: walk the chain from its beginning for each reply.',
  'fallback.cause':
    'Usually every error leads to the next source: stop at requests that are refused as a mistake, and at a cancelled task.',
  'fallback.provenance':
    'Usually the source is named where the search begins: take its name from the reply that was used.',
  'fallback.cache-key': 'Usually the key lacks the user, the model or a part of the question: make it of all three.',
  'fallback.staleness':
    'Usually the cache keeps no time, or keeps that of the last reading: store when the answer was made, and check it on each reading.',
  'fallback.cache-content': 'Usually whatever was answered is stored: store whole answers of the primary alone.',
  'fallback.termination':
    'Usually the chain is begun anew after a failure: go through it once for each reply, within the deadline of the task.',
  'fallback.return': 'Usually the choice of the fallback sticks: try the primary again after a declared time.',
  'fallback.fit':
    'Usually the request to the primary is sent as it is: cut history and tools to what the other source takes.',
  'fallback.mixed-answer':
    'Usually the buffer of a reply that broke off is kept: begin a new one with the next source.',
  'fallback.effects':
    'Usually the next source begins the task anew: hand it the calls that were made, with their results.',
  'fallback.degraded': 'Usually the flag is set where a failure is caught: set it from the source of the answer.',
  'fallback.exhaustion':
    'Usually the fixed text is returned like an answer: stop with a reason that says that no source answered.',
  'fallback.policy':
    'Usually the next source is asked without the rules of the first: give it the same tools, and take a refusal for an answer.',
  'fallback.cost':
    'Usually each source is tried as often as the primary: count requests over the chain, and stop at the declared multiple.',
}
