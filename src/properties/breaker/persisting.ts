import { defineBreakerProperty } from './define-breaker-property.ts'

/** B22: an opening outlives the process. */
export const persistence = defineBreakerProperty({
  id: 'B22',
  name: 'breaker.survives',
  statement:
    'A breaker that was open when the process was killed is open in the next one: where the task whose call opened it had ended, no call to its upstream begins before the end of the cooldown. And nothing of the process before holds it longer: until a call is sent, none is refused after that time or, where the breaker was half-open or the wall clock was set, longer than one cooldown from the first that is refused. Where a store has failed, nobody knows what was kept, and nothing is said.',
  where: '`breaker.survivesRestart`, shared by the tasks of the agent',
  isDeclared: ({ survivesRestart, sharedBy }) => survivesRestart === true && sharedBy === 'agent',
})
