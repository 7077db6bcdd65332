import { expect, it } from 'vitest'
import { breakerWords } from '../../src/report/breaker-words.ts'
import { sentInCooldown } from './_findings.ts'

it('breakerWords says for each span what the rule asks for and what the agent did, and where nothing can be said', () => {
  const [lane] = sentInCooldown().breakers ?? []
  expect(lane && breakerWords(lane)).toEqual([
    { when: '0.000 s to 1.300 s', state: 'closed', what: '2 requests sent (1 failure, 1 indeterminate)' },
    { when: '1.300 s to 2.100 s', state: 'undecided', what: '1 request sent (1 failure)' },
    { when: '2.100 s to 32.100 s', state: 'open', what: '1 request sent (1 success), 2 calls refused' },
    { when: '32.100 s to 33.500 s', state: 'half-open', what: '1 request sent (1 neutral)' },
    { when: 'after 33.500 s', state: 'nothing can be said', what: '1 request sent (1 never ended)' },
  ])
})
