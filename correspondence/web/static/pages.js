// What makes the pages quicker to use; every one of them works without it.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// A letter that was changed and not saved is not left by accident.
for (const form of document.querySelectorAll('form[data-warn-unsaved]')) {
  let changed = false
  form.addEventListener('input', () => { changed = true })
  form.addEventListener('submit', () => { changed = false })
  window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault() })
}

// Tick or untick all cases of the queue at once.
for (const all of document.querySelectorAll('[data-tick-all]')) {
  all.hidden = false
  all.addEventListener('click', () => {
    const boxes = [...document.querySelectorAll('input[name="case"]')]
    const tick = boxes.some((box) => !box.checked)
    for (const box of boxes) box.checked = tick
    all.textContent = tick ? 'Untick all' : 'Tick all'
  })
}
