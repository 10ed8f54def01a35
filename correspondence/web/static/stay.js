// Before somebody is signed out they are told, and can stay; other pages of theirs are asked first.
for (const stay of document.querySelectorAll('[data-signed-in-for]')) {
  const says = stay.querySelector('[data-says]')
  const button = stay.querySelector('button')
  const warnBefore = Math.min(300, Number(stay.dataset.signedInFor) / 3)
  let timer
  const wait = (seconds, then) => {
    clearTimeout(timer)
    timer = setTimeout(then, Math.max(0, seconds) * 1000)
  }
  const over = () => {
    stay.hidden = false
    button.hidden = true
    says.textContent = 'You are signed out. What you have written stays on this page: send it, sign in, and send it again.'
  }
  const taken = async (answer) => {
    const left = answer.ok && !answer.redirected ? await answer.json() : null
    if (!left || left.seconds <= 0) return over()
    if (left.seconds > warnBefore) {
      stay.hidden = true
      return wait(left.seconds - warnBefore, ask)
    }
    const minutes = Math.max(1, Math.round(left.seconds / 60))
    const last = left.for_good <= left.seconds + 1
    stay.hidden = false
    button.hidden = last
    says.textContent = `You will be signed out in about ${minutes} minute${minutes === 1 ? '' : 's'}.` +
      (last ? ' Save what you are writing, then sign in again.' : '')
    wait(left.seconds + 2, ask)
  }
  const failed = () => wait(30, ask)
  const ask = () => fetch(stay.dataset.ask).then(taken).catch(failed)
  stay.addEventListener('submit', (event) => {
    event.preventDefault()
    fetch(stay.action, { method: 'POST', body: new FormData(stay) }).then(taken).catch(failed)
  })
  wait(Number(stay.dataset.signedInFor) - warnBefore, ask)
}
