// Tables and drawings that are wider than the window: says so where it is so, and shows the moment that matters.
{
  const rooms = [...document.querySelectorAll('.scroll')]
  const tell = (room) => {
    const isWide = room.scrollWidth > room.clientWidth + 1
    const hint = room.previousElementSibling
    room.classList.toggle('wide', isWide)
    if (hint === null || !hint.matches('.scroll-hint')) return
    hint.hidden = !isWide
    hint.classList.toggle('applies', isWide)
  }
  // What is folded has no width until it is opened.
  const sizes = new ResizeObserver((changes) => {
    for (const { target } of changes) tell(target)
  })
  for (const room of rooms) sizes.observe(room)

  /** Pixels that stay visible right of the line at which a violation is certain. */
  const beyond = 56
  for (const line of document.querySelectorAll('.lanes .violation')) {
    const room = line.closest('.scroll')
    room.scrollLeft = line.x1.baseVal.value + beyond - room.clientWidth
  }
}
