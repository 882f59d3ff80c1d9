/** A question with several answers on one screen, where a key shows what the one under the cursor would do. */
import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isSpaceKey,
  isUpKey,
  useKeypress,
  useState,
} from '@inquirer/core'

export interface Choice {
  readonly value: string
  /** One line that fits the screen. */
  readonly name: string
  /** Shown in place of the name once the question is answered. */
  readonly short: string
  /** Shown below the list while the choice is under the cursor. */
  readonly description: string
  /** What it would do, in lines; a key shows them in place of the list. */
  readonly details: readonly string[]
  readonly checked: boolean
}

export interface PickConfig {
  /** What stands in parentheses at its end is not repeated with the answer. */
  readonly message: string
  readonly choices: readonly Choice[]
  readonly rows: number
  readonly strong: (text: string) => string
  readonly quiet: (text: string) => string
  readonly ascii: boolean
}

/** The question, a blank line, the description and the keys. */
const linesBesideList = 5

/** The part of a list that is shown: as many as there is room for, with this one among them. */
const windowOf = <T>(all: readonly T[], room: number, active: number): readonly T[] => {
  const start = Math.max(0, Math.min(active - Math.floor(room / 2), all.length - room))
  return all.slice(start, start + room)
}

const clamp = (value: number, max: number) => Math.max(0, Math.min(value, max))

export const pickPrompt = createPrompt<readonly string[], PickConfig>((config, done) => {
  const { message, choices, strong, quiet, ascii } = config
  const room = Math.max(3, config.rows - linesBesideList)
  const [checked, setChecked] = useState<readonly string[]>(
    choices.filter((choice) => choice.checked).map(({ value }) => value),
  )
  const [active, setActive] = useState(0)
  /** The first line of the details that are shown; null while the list is. */
  const [top, setTop] = useState<number | null>(null)
  const [isDone, setDone] = useState(false)
  const details = choices[active]?.details ?? []

  const toggle = (value: string) =>
    checked.includes(value) ? checked.filter((one) => one !== value) : [...checked, value]

  useKeypress((key) => {
    const step = isUpKey(key) ? -1 : isDownKey(key) ? 1 : 0
    if (isEnterKey(key)) {
      setDone(true)
      done(choices.map(({ value }) => value).filter((value) => checked.includes(value)))
    } else if (key.name === 'd') setTop(top === null ? 0 : null)
    else if (step !== 0 && top !== null) setTop(clamp(top + step, Math.max(0, details.length - room)))
    else if (step !== 0) setActive(clamp(active + step, choices.length - 1))
    else if (isSpaceKey(key)) setChecked(toggle(choices[active]?.value ?? ''))
    else if (key.name === 'a')
      setChecked(checked.length === choices.length ? [] : choices.map(({ value }) => value))
  })

  if (isDone) {
    const picked = choices.filter(({ value }) => checked.includes(value)).map(({ short }) => short)
    const answer = picked.length === choices.length ? 'all' : picked.join(', ') || 'none'
    return `${strong(message.replace(/ \(.*\)$/, ''))} ${answer}`
  }
  const [arrows, cursor] = ascii ? ['arrows', '>'] : ['↑↓', '❯']
  const keys = (...all: readonly string[]) => quiet(all.join(ascii ? ' - ' : ' · '))
  if (top !== null) {
    const more = details.length > room ? [`${arrows} scroll`] : []
    const shown = details.slice(top, top + room)
    return [
      strong(choices[active]?.short ?? ''),
      ...shown,
      '',
      keys(...more, 'd back', 'Enter goes on'),
    ].join('\n')
  }
  const lines = choices.map(({ value, name }, index) => {
    const line = `${index === active ? cursor : ' '} [${checked.includes(value) ? 'x' : ' '}] ${name}`
    return index === active ? strong(line) : line
  })
  return [
    strong(message),
    ...windowOf(lines, room, active),
    '',
    choices[active]?.description ?? '',
    keys(`${arrows} move`, 'space selects', 'a all', 'd commands', 'Enter goes on', 'Ctrl-C leaves'),
  ].join('\n')
})
