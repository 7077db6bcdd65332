// What the page can do where scripts are on. It is complete without them: nothing is written here that is not there,
// and text goes in as text alone.
{
  const tools = document.querySelector('.tools')
  const words = document.querySelector('#filter')
  const trouble = document.querySelector('#trouble')
  const told = document.querySelector('#filtered')
  const groups = [...document.querySelectorAll('.matrix tbody')]
  /** Folds of what is well, and whether they stood open before anybody filtered. */
  const folds = new Map([...document.querySelectorAll('.calm')].map((fold) => [fold, fold.open]))
  const notWell = '.tone-bad, .tone-open, .tone-torn, .tone-known'
  const items = [...document.querySelectorAll('.matrix tbody tr:not(.group-row), .finding, .scenario, [data-filtered]')]
  const texts = new Map(items.map((item) => [item, item.textContent.toLowerCase()]))

  /** A scenario by its verdict, a finding by itself, a row by its cells. */
  const isTrouble = (item) => {
    const badge = item.querySelector('h3 .badge')
    return badge === null ? item.matches(notWell) || item.querySelector(notWell) !== null : badge.matches(notWell)
  }
  const isWanted = (item) => {
    if (trouble.checked && !isTrouble(item)) return false
    const text = texts.get(item)
    const all = words.value.toLowerCase().split(/\s+/)
    return all.every((word) => text.includes(word))
  }
  const filter = () => {
    for (const item of items) item.hidden = !isWanted(item)
    for (const group of groups) group.hidden = group.querySelector('tr:not(.group-row, [hidden])') === null
    // What is looked for must not stay folded away; once nothing is, the folds are as they were.
    const isFiltering = words.value.trim() !== '' || trouble.checked
    for (const [fold, wasOpen] of folds) {
      const isEmpty = fold.querySelector('tr:not(.group-row, thead tr, [hidden])') === null
      fold.hidden = isFiltering && isEmpty
      fold.open = isFiltering ? !isEmpty : wasOpen
    }
    const shown = items.filter((item) => !item.hidden).length
    told.textContent = shown === items.length ? '' : `${shown} of ${items.length} entries`
  }
  words.addEventListener('input', filter)
  trouble.addEventListener('change', filter)

  /** Where a link leads, nothing may be folded or filtered away. */
  const show = () => {
    const aim = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (aim === null) return
    if (aim.closest('[hidden]') !== null) {
      words.value = ''
      trouble.checked = false
      filter()
    }
    const folded = aim.closest('details')
    if (folded !== null) folded.open = true
    aim.scrollIntoView()
  }
  window.addEventListener('hashchange', show)
  if (location.hash !== '') show()

  const unfold = document.querySelector('#unfold')
  unfold.addEventListener('click', () => {
    const open = unfold.getAttribute('aria-pressed') !== 'true'
    unfold.setAttribute('aria-pressed', String(open))
    for (const details of document.querySelectorAll('details')) details.open = open
  })

  const copy = async (code, said) => {
    try {
      await navigator.clipboard.writeText(code.textContent)
      said.textContent = 'Copied'
    } catch {
      getSelection().selectAllChildren(code)
      said.textContent = 'Selected, to be copied'
    }
  }
  for (const replay of document.querySelectorAll('.replay')) {
    const button = replay.querySelector('button')
    button.addEventListener('click', () => copy(replay.querySelector('code'), replay.querySelector('output')))
    button.hidden = false
  }
  tools.hidden = false
}
