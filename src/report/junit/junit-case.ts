import type { XmlElement } from './xml.ts'

/** What became of a test case that did not simply pass. */
export interface JunitRemark {
  /** `failure`: the agent is at fault; `error`: nothing could be decided; `skipped`: nothing was to be decided. */
  readonly element: 'failure' | 'error' | 'skipped'
  /** A word or two to filter by, e.g. `violated`. */
  readonly type: string
  /** One sentence. */
  readonly message: string
  /** Everything a reader needs without the report: some services show this and not the message. */
  readonly text: string
}

/** One test case; null is a pass. */
export interface JunitCase {
  readonly name: string
  readonly remark: JunitRemark | null
}

/** The element of a test case. */
export function caseElement({ name, remark }: JunitCase, classname: string): XmlElement {
  return {
    name: 'testcase',
    attributes: { classname, name },
    content:
      remark === null
        ? []
        : [{ name: remark.element, attributes: { type: remark.type, message: remark.message }, content: remark.text }],
  }
}
