// Single keys on the queue, for those who turned them on: WCAG 2.2, 2.1.4.
const form = document.querySelector('form[data-shortcuts]')
const rows = form ? [...form.querySelectorAll('tbody tr')] : []
let at = -1

const go = (to) => {
  at = Math.max(0, Math.min(rows.length - 1, to))
  rows[at]?.querySelector('th a')?.focus()
}

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input:not([type=checkbox]), select, textarea')
  if (!form || typing || event.ctrlKey || event.metaKey || event.altKey) return
  const here = rows.findIndex((row) => row.contains(document.activeElement))
  if (here >= 0) at = here
  switch (event.key) {
    case 'j': go(at + 1); break
    case 'k': go(at - 1); break
    case 'x': rows[at]?.querySelector('input[name="case"]')?.click(); break
    case '/': document.querySelector('.app-filter__fold')?.setAttribute('open', ''); document.getElementById('words')?.focus(); break
    default: return
  }
  event.preventDefault()
})
