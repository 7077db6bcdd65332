import { describe, expect, it } from 'vitest'
import { withText } from '../../../src/faults/families/with-text.ts'
import { bodyText, jsonReply } from '../../../src/wire/reply.ts'

describe('withText', () => {
  it('leaves a JSON object parseable, with the text in a field of its own', () => {
    const reply = withText(jsonReply(200, { order: 'A-1' }), 'call "me"')
    expect(JSON.parse(bodyText(reply))).toEqual({ order: 'A-1', remarks: 'call "me"' })
    expect(reply.headers).toEqual({ 'content-type': 'application/json' })
  })

  it('puts the text after anything else', () => {
    for (const body of ['plain', '[1]', 'null', '"quoted"', '{"cut']) {
      expect(withText({ status: 200, headers: {}, body }, 'more').body).toBe(`${body}\nmore`)
    }
  })
})
