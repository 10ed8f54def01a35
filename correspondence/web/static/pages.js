// What makes the pages quicker to use; every one of them works without it.
import { initAll } from './govuk-frontend.min.js'
import './stay.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// What is typed is kept as it is typed, and a form that was changed and not kept is not left by
// accident.
const PAUSE = 1200
const QUIET = 'application/json'

class Keeper {
  constructor (form) {
    this.form = form
    this.changed = false // since it was kept last
    this.leaving = false
    this.says = form.querySelector('[data-kept]')
    form.addEventListener('input', () => this.typed())
    form.addEventListener('submit', () => { this.leaving = true })
    window.addEventListener('beforeunload', (event) => {
      if (this.changed && !this.leaving) event.preventDefault()
    })
    if (form.dataset.keep) {
      this.say('What you type is kept by itself.') // its place is taken before anybody types
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden' && this.changed && !this.leaving) this.keep(true)
      })
    }
  }

  typed () {
    this.changed = true
    clearTimeout(this.waiting)
    if (this.form.dataset.keep) this.waiting = setTimeout(() => this.keep(), PAUSE)
  }

  async keep (leaving = false) {
    clearTimeout(this.waiting)
    if (this.keeping) { this.again = true; return }
    this.keeping = true
    this.changed = false
    try {
      await this.send(leaving)
    } catch {
      this.failed('What you wrote could not be kept: there is no connection. It stands here; do not close this page.')
    }
    this.keeping = false
    if (this.again) { this.again = false; this.keep() }
  }

  async send (leaving) {
    if (this.signedOut && !(await this.renewed())) return this.wentOut()
    const words = new FormData(this.form)
    const answer = await fetch(this.form.dataset.keep, {
      method: 'POST', body: new URLSearchParams(words), headers: { Accept: QUIET }, keepalive: leaving
    })
    const type = answer.headers.get('Content-Type') || ''
    if (type.startsWith(QUIET)) {
      const told = await answer.json()
      if (!answer.ok) return this.failed(told.problem)
      this.retried = false
      this.form.elements.version.value = told.version
      this.say([told.says, told.newer].filter(Boolean).join(' '))
      this.others(told.others)
    } else if (!this.retried && await this.renewed()) {
      this.retried = true
      return this.send(false)
    } else {
      this.wentOut()
    }
  }

  wentOut () {
    this.signedOut = true
    this.failed('You are signed out. What you wrote stands here still: sign in in another window, then go on typing in this one.')
  }

  // Signed in anew in another window, the form needs the token of the new web session.
  async renewed () {
    const page = await fetch(window.location.href)
    if (page.redirected) return false
    const fresh = new DOMParser().parseFromString(await page.text(), 'text/html')
    const token = fresh.querySelector('form[data-keep] input[name="csrf_token"]')
    if (!token) return false
    for (const one of document.querySelectorAll('input[name="csrf_token"]')) one.value = token.value
    this.signedOut = false
    return true
  }

  failed (says) {
    this.changed = true
    this.say(says, true)
  }

  say (says, wrong = false) {
    if (!this.says || this.says.textContent === says) return
    this.says.textContent = says
    this.says.classList.toggle('app-kept--not', wrong)
  }

  others (sentences) {
    const place = document.querySelector('[data-others]')
    if (!place || !sentences) return
    place.hidden = sentences.length === 0 || document.querySelectorAll('.app-note').length > 1
    place.textContent = sentences.join(' ')
  }
}

for (const form of document.querySelectorAll('form[data-warn-unsaved]')) new Keeper(form)

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

// Filters stand open where there is room beside the list.
for (const fold of document.querySelectorAll('.app-filter__fold')) {
  if (window.matchMedia('(min-width: 60em)').matches) fold.open = true
}
