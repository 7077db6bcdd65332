import { describe, expect, it } from 'vitest'
import { usageError } from '../../src/contract/errors.ts'
import { loadFailure } from '../../src/runner/load-failure.ts'

describe('a module that cannot be loaded', () => {
  it('is told with the line where it cannot be compiled', () => {
    const loc = { file: '/p/a.scenario.ts', line: 2, column: 30 }
    const error = Object.assign(new Error('Transform failed'), {
      errors: [{ message: '\u001b[31m[PARSE_ERROR] \u001b[0mUnexpected token\n  ...', loc }],
    })
    expect(loadFailure('/p/a.scenario.ts', error).message).toBe(
      '/p/a.scenario.ts could not be loaded: Unexpected token at line 2, column 31; mend the file or the path.',
    )
    expect(loadFailure('/p/b.ts', error).message).toContain('at /p/a.scenario.ts line 2, column 31;')
  })

  it('is told in its own words where it throws', () => {
    expect(loadFailure('/p/a.ts', new Error('no key\nat x')).message).toContain('could not be loaded: no key; mend')
  })

  it('keeps the sentence of what Shakedown itself refused', () => {
    const refused = usageError('BAD_INPUT', 'scenario "x": no agent; give one.')
    expect(loadFailure('/p/a.ts', refused)).toBe(refused)
  })
})
