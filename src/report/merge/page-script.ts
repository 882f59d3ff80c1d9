/** The script of the merge page: it filters the hosts. The page reads the same without it. */
export const pageScript = `
'use strict'
const root = document.documentElement
root.classList.add('js')
const hosts = [...document.querySelectorAll('.host')]
const texts = new Map()
const textOf = (host) => {
  if (!texts.has(host)) texts.set(host, host.textContent.toLowerCase())
  return texts.get(host)
}
const field = document.querySelector('.tools input')
const count = document.querySelector('.tools output')
const none = document.querySelector('.none')
const tiles = [...document.querySelectorAll('button.tile')]
const number = new Intl.NumberFormat('en')

const filter = () => {
  const words = field.value.toLowerCase().split(' ').filter(Boolean)
  const states = tiles.filter((tile) => tile.ariaPressed === 'true').map((tile) => tile.dataset.state)
  let shown = 0
  for (const host of hosts) {
    const fits =
      (states.length === 0 || states.includes(host.dataset.state)) &&
      words.every((word) => textOf(host).includes(word))
    host.hidden = !fits
    if (fits) shown++
  }
  const all = number.format(hosts.length)
  count.value = shown === hosts.length ? all + ' hosts' : number.format(shown) + ' of ' + all + ' hosts'
  none.hidden = shown > 0
}

field.addEventListener('input', filter)
document.addEventListener('click', (event) => {
  const tile = event.target.closest('button.tile')
  const query = event.target.closest('[data-query]')
  if (tile) tile.ariaPressed = String(tile.ariaPressed !== 'true')
  else if (query) {
    event.preventDefault()
    field.value = query.dataset.query
    for (const one of tiles) one.ariaPressed = 'false'
  } else return
  filter()
  if (query) document.querySelector('#hosts').scrollIntoView()
})
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && event.target !== field && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    field.focus()
  } else if (event.key === 'Escape' && event.target === field) {
    field.value = ''
    filter()
  }
})
filter()
`
