/** user-data in many forms, and whether cloud-init does what it says. */
import { gzipSync } from 'node:zlib'

const config = '#cloud-config\nusers: [default]\n'
const mime = (headers: string, part = `Content-Type: text/cloud-config\n\n${config}`) =>
  `${headers}Content-Type: multipart/mixed; boundary="b"\n\n--b\n${part}\n--b--\n`
const packed = (text: string) => Uint8Array.from(gzipSync(text))
const base64 = Buffer.from(config).toString('base64')

/** Name, content, and whether cloud-init carries it out. */
export const userDataCases: readonly (readonly [string, string | Uint8Array, boolean])[] = [
  ['a plain one', config, true],
  ['nothing at all', '', true],
  ['a header in capitals', config.replace('#cloud-config', '#Cloud-Config'), true],
  ['an empty line in front', `\n${config}`, true],
  ['spaces in front', `  ${config}`, true],
  ['a byte order mark', `\ufeff${config}`, false],
  ['no header', 'users: [default]\n', false],
  ['a script', '#!/bin/sh\n: [\n', true],
  ['an umlaut of Latin-1', Uint8Array.from(Buffer.from(`${config}# J\xfcrgen\n`, 'latin1')), false],
  ['an umlaut of UTF-8', `${config}# J\u00fcrgen\n`, true],
  ['a tab behind a colon', '#cloud-config\nfinal_message:\thello\n', false],
  ['a tab behind a value', '#cloud-config\nfinal_message: hello\t\n', false],
  ['a tab in quotes', '#cloud-config\nfinal_message: "a\tb"\n', true],
  ['a tab in a comment', '#cloud-config\nfinal_message: a #\tb\n', true],
  ['a tab in a block', '#cloud-config\nfinal_message: |\n  a\tb\n', true],
  ['a control character', '#cloud-config\nfinal_message: "a\u0007b"\n', false],
  ['"=" as a value', '#cloud-config\nx: =\n', false],
  ['"=" in quotes', '#cloud-config\nx: "="\n', true],
  ['an unknown tag', '#cloud-config\npassword: !secret x\n', false],
  ['an anchor twice', '#cloud-config\na: &x 1\nb: &x 2\n', false],
  ['an anchor once', '#cloud-config\na: &x 1\nb: *x\n', true],
  ['quotes over lines that are not indented', '#cloud-config\nx:\n  y: "a\nb"\n', true],
  ['brackets over lines that are not indented', '#cloud-config\nx:\n  y: [a,\nb,\n]\n', true],
  ['quotes over a marker of documents', '#cloud-config\nx:\n  y: "a\n--- b"\n', false],
  ['a block with a line that is not indented enough', '#cloud-config\nx:\n  y: |\n    a\n   b\n', false],
  ['quotes that nothing closes', '#cloud-config\nx: "a\nb: c\n', false],
  ['a key twice', '#cloud-config\npackages: [a]\npackages: [b]\n', true],
  ['a list', '#cloud-config\n- a\n', false],
  [
    'an archive',
    `#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    users: [default]\n`,
    true,
  ],
  [
    'an archive of a broken part',
    '#cloud-config-archive\n- type: text/cloud-config\n  content: "a: ["\n',
    false,
  ],
  ['jsonp', '#cloud-config-jsonp\n[{"op":"add","path":"/runcmd","value":["ls"]}]\n', true],
  ['MIME', mime('MIME-Version: 1.0\n'), true],
  ['MIME in other case', mime('Mime-Version: 1.0\n'), true],
  ['MIME with a line of a mailbox', mime('From nobody Mon Jan 1 2024\nMIME-Version: 1.0\n'), true],
  ['MIME in lower case', mime('mime-version: 1.0\n').replace('Content-Type', 'content-type'), true],
  ['MIME without a version', mime(''), false],
  ['MIME with a broken part', mime('MIME-Version: 1.0\n', 'Content-Type: text/cloud-config\n\na: ['), false],
  [
    'MIME in base64',
    mime(
      'MIME-Version: 1.0\n',
      `Content-Type: text/cloud-config\nContent-Transfer-Encoding: base64\n\n${base64}`,
    ),
    true,
  ],
  ['gzip', packed(config), true],
  ['gzip of broken YAML', packed('#cloud-config\na: [\n'), false],
]
