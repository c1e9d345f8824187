// Comfort only: every form works without this file. With it, forms are sent and pages fetched in place.
const POLL_MS = 10_000
const KEEPS = ['people', 'panel', 'dial', 'tabs', 'begin']

const log = () => document.getElementById('log')
const messages = () => document.getElementById('messages')
const region = (root, name) => root.querySelector(`[data-region="${name}"]`)

let shown = location.href
let busy = false

/** To the end; of a message taller than the window its beginning is read first. */
const scrollDown = () => {
  const last = document.getElementById('log')?.querySelector('form.begin, .message:last-child')
  if (last) log().scrollTop = last.offsetTop - 8
}

/** Which `details` the reader has opened or closed stays as it is. */
const openStates = (root) =>
  new Map([...root.querySelectorAll('details[data-key]')].map((one) => [one.dataset.key, one.open]))

function replaceRegion(name, page) {
  const old = region(document, name)
  const fresh = region(page, name)
  if (!old || !fresh || old.innerHTML === fresh.innerHTML) return
  const states = openStates(old)
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
  old.replaceChildren(...fresh.childNodes)
  for (const one of old.querySelectorAll('details[data-key]'))
    if (states.has(one.dataset.key)) one.open = states.get(one.dataset.key)
  if (focused) [...old.querySelectorAll('a')].find((one) => one.getAttribute('href') === focused)?.focus()
}

/** Only what is new or changed is touched, so that a screen reader hears the new message and nothing twice. */
function mergeMessages(page) {
  const list = messages()
  const fresh = page.getElementById('messages')
  if (!list || !fresh) return
  const before = list.lastElementChild?.outerHTML
  const wanted = [...fresh.children]
  const ids = new Set(wanted.map((one) => one.id))
  for (const one of [...list.children]) if (!ids.has(one.id)) one.remove()
  wanted.forEach((one, place) => {
    const old = list.querySelector(`#${CSS.escape(one.id)}`)
    if (old?.outerHTML === one.outerHTML) return
    const focused = old?.contains(document.activeElement)
    if (old) old.replaceWith(one)
    else list.insertBefore(one, list.children[place] ?? null)
    if (focused) (one.querySelector('button') ?? document.getElementById('text'))?.focus()
  })
  if (list.lastElementChild?.outerHTML !== before) scrollDown()
}

function show(html, address) {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const sameChat = page.getElementById('messages')?.dataset.person === messages()?.dataset.person
  if (!sameChat) {
    location.href = address
    return
  }
  mergeMessages(page)
  for (const name of KEEPS) replaceRegion(name, page)
}

const trouble = (is) => {
  const line = document.getElementById('trouble')
  line.textContent = is ? line.dataset.text : ''
}

async function ask(address, options) {
  busy = true
  document.body.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(address, options)
    const html = await answer.text()
    trouble(!answer.ok)
    if (answer.ok) show(html, answer.url)
    return answer.ok
  } catch {
    trouble(true)
    return false
  } finally {
    busy = false
    document.body.removeAttribute('aria-busy')
  }
}

document.addEventListener('submit', async (event) => {
  const form = event.target
  if (form.dataset.ask && !confirm(form.dataset.ask)) event.preventDefault()
  if (!('live' in form.dataset)) return
  event.preventDefault()
  if (busy) return
  const data = new FormData(form, event.submitter)
  const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data)
  const text = form.elements.namedItem('text')
  const done = await ask(form.action, { method: 'POST', body })
  if (!done) return
  form.reset()
  if (form.closest('.send-file')) form.closest('details').open = false
  if (text) text.focus()
})

setInterval(() => {
  if (!busy && document.visibilityState === 'visible') void ask(shown, {})
}, POLL_MS)

// The number of messages that a step sent is news once, not after every reload.
const clean = new URL(shown)
clean.searchParams.delete('sent')
clean.hash = ''
shown = clean.href
history.replaceState(null, '', clean.href + location.hash)

scrollDown()
