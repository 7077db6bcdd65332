// Filters by what an entry is (its ID, name, scenario, family, state), not by whatever it mentions.
{
  const words = document.querySelector('#filter')
  const trouble = document.querySelector('#trouble')
  const told = document.querySelector('#filtered')
  const groups = [...document.querySelectorAll('.matrix tbody')]
  /** Folds of what is well, and whether they stood open before anybody filtered. */
  const folds = new Map([...document.querySelectorAll('.calm')].map((fold) => [fold, fold.open]))
  const notWell = '.tone-bad, .tone-open, .tone-torn, .tone-known'
  const entries =
    '.card, .list li, .matrix tbody tr:not(.group-row), .finding, .scenario, .objective, [data-filtered], .inapplicable .item'
  const items = [...document.querySelectorAll(entries)]
  const naming = ['h3', 'th', '.state', '.word', '.path', '[data-is]', 'summary > .word', 'summary > .title']
  const named = naming.map((part) => `:scope > ${part}`).join()

  /** A row of the table of properties is of its family, and in each scenario where it applies of its state. */
  const textOfRow = (row) => {
    const family = row.closest('tbody').querySelector('.group').textContent
    const cells = [...row.querySelectorAll('td:not(.tone-none)')]
    return [
      row.cells[0].textContent,
      family,
      ...cells.map((cell) => `${cell.dataset.label} ${cell.querySelector('.full').textContent}`),
    ]
  }
  const textOf = (item) => {
    if (item.matches('.matrix tr')) return textOfRow(item).join(' ')
    if (item.matches('.list li, .item')) return item.textContent
    const scenario = item.matches('.objective') ? item.closest('.scenario').querySelector('h3').textContent : ''
    const own = [...item.querySelectorAll(named)].map((part) => part.textContent)
    return [...own, item.dataset.words ?? '', scenario].join(' ')
  }
  const split = (text, by) =>
    text
      .toLowerCase()
      .split(by)
      .filter((word) => word !== '')
  /** Whole words, `effects.at-most-once`, and their parts. */
  const texts = new Map(
    items.map((item) => {
      const text = textOf(item)
      return [item, new Set([...split(text, /[\s,]+/), ...split(text, /[\s,.]+/), ...split(text, /[^\p{L}\p{N}%]+/u)])]
    }),
  )
  const ids = new Set([...document.querySelectorAll('.matrix th b, .item b')].map((id) => id.textContent.toLowerCase()))

  /** A scenario by its verdict, a finding by itself, a row by its cells. */
  const isTrouble = (item) => {
    const badge = item.querySelector('h3 .badge')
    return badge === null ? item.matches(notWell) || item.querySelector(notWell) !== null : badge.matches(notWell)
  }
  const isWanted = (item) => {
    if (trouble.checked && !isTrouble(item)) return false
    const text = texts.get(item)
    const all = split(words.value, /\s+/)
    // R1 is that property, and not R10 too; any other word may be the beginning of one.
    return all.every((word) => text.has(word) || (!ids.has(word) && [...text].some((each) => each.startsWith(word))))
  }
  const filter = () => {
    for (const item of items) item.hidden = !isWanted(item)
    for (const scenario of document.querySelectorAll('.scenario'))
      if (scenario.querySelector('.objective:not([hidden])') !== null) scenario.hidden = false
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
}
