/**
 * Reads the objects of --event-monitor, one after the other and pretty-printed over many lines: only
 * the two fields that name an event are looked for, and they come in this order.
 */
export const eventNames = (take: (name: string) => void): ((text: string) => void) => {
  let rest = ''
  return (text) => {
    rest += text
    const event = /"source":\s*"([^"]*)",\s*"event":\s*"([^"]*)"/g
    let end = 0
    for (const found of rest.matchAll(event)) {
      take(`${found[1]} ${found[2]}`)
      end = found.index + found[0].length
    }
    rest = rest.slice(end)
  }
}
