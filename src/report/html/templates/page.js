// What the page can do where scripts are on. It is complete without them: nothing is written here that is not there,
// and text goes in as text alone.
{
  // What is well stays folded: dozens of pages that say so would bury the rest. Each fold of it opens by itself.
  const unfold = document.querySelector('#unfold')
  const ofWell = '.calm, .inapplicable, .counted, .raw, .glossary details'
  const isWell = (fold) =>
    fold.matches(ofWell) || fold.closest('.scenario')?.querySelector('h3 > .badge')?.matches('.tone-good') === true
  const folds = [...document.querySelectorAll('details:not([open])')].filter((fold) => !isWell(fold))
  unfold.addEventListener('click', () => {
    const open = unfold.getAttribute('aria-pressed') !== 'true'
    unfold.setAttribute('aria-pressed', String(open))
    for (const fold of folds) fold.open = open
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
  for (const part of document.querySelectorAll('.scripted')) part.hidden = false
}
