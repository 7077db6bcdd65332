import { visibleText } from '../visible-text.ts'

/** The same view with every text of it made visible, so that no template can forget to; drawings are texts too. */
export function visibleView<View>(view: View): View
export function visibleView(view: unknown): unknown {
  if (typeof view === 'string') return visibleText(view)
  if (Array.isArray(view)) return view.map((each: unknown) => visibleView(each))
  if (typeof view === 'object' && view !== null)
    return Object.fromEntries(Object.entries(view).map(([key, value]) => [key, visibleView(value)]))
  return view
}
