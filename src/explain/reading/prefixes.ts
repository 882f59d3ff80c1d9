/** What loggers, containers, terminals and mails put in front of a line. */

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const time = String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`

/**
 * 2026-11-23T12:00:00.123Z (docker, CI, short-iso), "Nov 23 12:00:00" (journalctl, syslog, ts), the
 * same with a month of another language ("1月 09", "mei 01"), and a weekday in front of either.
 */
const stamp = new RegExp(
  String.raw`^\[?(?:\w{3} )?(?:\d{4}[-/]\d\d[-/]\d\d[T ]${time}(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?|${month} [ \d]\d (?:\d{4} )?${time}|(?=\S*[^\d\s:.])[^\s[\]:]{1,8} [ \d]\d (?:\d{4} )?${time})\]?:?[ \t]`,
)

/**
 * "host unit[123]: " of the journal; the number in brackets tells it from a sentence. The kernel names the program that
 * crashed in the same way, and that name is the message.
 */
const unit = /^(?:[\w.-]{1,80} )?[\w.@/:-]{1,160}\[\d+\]: (?!segfault at )/

const plain: readonly RegExp[] = [
  // A quotation in a mail or an issue.
  /^(?:> ?)+/,
  // Syslog's priority.
  /^<\d{1,3}>(?:\d )?/,
  stamp,
  // journalctl -o short-monotonic, dmesg, and `ts -s`.
  // With CONFIG_PRINTK_CALLER the thread or processor that wrote it follows.
  /^\[\s*\d+\.\d+\](?:\[\s*[TC]\d+\])? /,
  /^\d\d:\d\d:\d\d(?:[.,]\d+)? /,
  // The progress of docker buildx.
  /^#\d{1,4} \d{1,5}\.\d{1,3} /,
  // klog: the kubelet and its like.
  /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ [\w./-]+:\d+\] /,
  // docker compose, podman-compose: "vm-1  | ".
  /^[\w.-]{1,80}\s{1,40}\| /,
  // CRI (kubectl, crictl): the stream and whether the line is whole; managers that name the stream.
  /^std(?:out|err) [FP] /,
  /^std(?:out|err): /,
  // kubectl logs --prefix.
  /^\[(?:pod\/)?[\w.-]+\/[\w./-]+\] /,
  unit,
]

/** "host tag: " without a number counts only behind a time, else it could be the text itself; "rpc error: " and "rpc status: " are. */
const tagged = /^(?!\S*: |rpc (?:error|status): )[a-z0-9][a-z0-9.-]{0,79} [\w.@/-]{1,160}: /

/** @returns the line without what stands in front of the words of the program */
export const unprefixed = (line: string): string => {
  let text = line
  for (let stamped = false, round = 0; round < 6; round++) {
    const found = plain.find((prefix) => prefix.test(text))
    if (found) {
      // A unit with its number is the tag already.
      stamped = found === stamp || (stamped && found !== unit)
      text = text.replace(found, '')
    } else if (stamped && tagged.test(text)) {
      text = text.replace(tagged, '')
      stamped = false
    } else break
  }
  return text
}
