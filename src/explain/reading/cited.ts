/** Lines that hold the words of an error without telling that it happened: source code, and commands that look for it. */

/** How a statement of Rust, Go, Python, C or JavaScript begins whose string is the text of a message. */
const statement = new RegExp(
  [
    // A line of a diff, or of a listing with numbers.
    String.raw`^\s{0,80}(?:[+-]\s{0,80}|\d{1,5}[:|-]?\s{1,80})?(?:return\s{1,8}|throw\s{1,8}|raise\s{1,8}|\.)?`,
    '(?:',
    String.raw`#\[error\("`,
    String.raw`|(?:[a-z_]{1,40}::){0,4}(?:error|warn|info|debug|trace|e?println|panic|bail|anyhow|ensure|format|writeln?|assert|todo|unreachable)!\(`,
    String.raw`|(?:fmt\.Errorf|errors\.(?:New|Wrapf?|Errorf))\(`,
    String.raw`|Err\(|(?:context|with_context|expect|map_err)\(`,
    String.raw`|(?:self\.|s\.|\w{1,20}\.)?(?:log|LOG|logger|logging|logrus|klog|console|t)(?:\(\))?\.\w{2,20}\(`,
    String.raw`|(?:new )?\w{0,40}(?:Error|Exception)\(f?["']`,
    String.raw`|(?:f?printf|printk|pr_\w{2,8}|dev_\w{2,8}|perror|syslog|virReport\w{2,30}|VIR_\w{3,12}|SPDK_\w{3,12}LOG)\(`,
    String.raw`|(?:pub )?(?:let|const|static|var) (?:mut )?\w{1,60}(?:: [^=]{1,60})? ?=`,
    ')',
  ].join(''),
)

const comment = /^\s{0,80}(?:[+-]\s{0,80})?\/\/[/!]? /

/** Behind a prompt or alone: a program that prints or looks for the words that it was given in quotation marks. */
const search =
  /^\s{0,16}(?:(?:[$%>❯#]|[\w.-]{1,40}@[\w.-]{1,60}[:~ ]\S{0,80}[$#])\s{1,8})?(?:sudo |git )?(?:e?grep|rg|ag|ack|echo|printf|logger)\s[^"']{0,80}(?:"[^"]{0,400} [^"]{0,400}"|'[^']{0,400} [^']{0,400}')/

/** @returns whether a line only cites a message, so that it is no evidence of an error */
export const isCited = (text: string): boolean =>
  statement.test(text) || comment.test(text) || search.test(text)
