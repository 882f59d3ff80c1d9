/** Settings of a #cloud-config, and what is not in the schema of cloud-init: null where all of it is. */
export const schemaCases: readonly (readonly [string, string | null])[] = [
  ['users: [default, {name: sky, groups: sudo, lock_passwd: false}]', null],
  ['users: [default, [one, two]]', null],
  ['write_files: [{path: /etc/motd, permissions: "0644", content: !!binary aGVsbG8=}]', null],
  ['runcmd: [ls, [ls, -l], null]', null],
  ['packages: [git, [curl, "7.88"]]', null],
  ['growpart: {mode: auto, devices: [/]}', null],
  ['chpasswd: {expire: false, users: [{name: sky, password: x, type: text}]}', null],
  ['yum_repos: {extra: {baseurl: "http://192.0.2.1/", enabled: true, name: extra}}', null],
  ['power_state: {mode: poweroff, delay: now}', null],
  ['disk_setup: {/dev/vdb: {table_type: gpt, layout: true}}', null],
  [
    'write_files: [{path: /etc/motd, permissions: 0644}]',
    'has write_files[0].permissions that is an integer instead of text, for want of quotes',
  ],
  ['write_files: [{content: hello}]', 'has write_files[0] without path'],
  [
    'write_files: [{path: /etc/motd, mode: "0644"}]',
    'has write_files[0].mode, which cloud-init does not know',
  ],
  [
    'users: [{name: sky, ssh_authorised_keys: [ssh-ed25519 AAAA]}]',
    'has users[0].ssh_authorised_keys, which cloud-init does not know; did you mean "ssh_authorized_keys"?',
  ],
  [
    'users: [{name: sky, ssh_authorized_keys: ssh-ed25519 AAAA}]',
    'has users[0].ssh_authorized_keys that is text instead of a list',
  ],
  [
    'users: [{name: sky, expiredate: 2032-09-01}]',
    'has users[0].expiredate that is a date instead of text, for want of quotes',
  ],
  ['growpart: [auto]', 'has growpart that is a list instead of a map'],
  ['hostname: 12', 'has hostname that is an integer instead of text, for want of quotes'],
  ['power_state: {mode: restart}', 'has power_state.mode that is none of poweroff, reboot, halt'],
  ['runcmd: [[sleep, 1.5]]', 'has runcmd[0][1] that is a number instead of text, for want of quotes'],
  ['package_update: soon', 'has package_update that is text instead of true or false'],
]

/** Keys of no module: cloud-init warns of them from 23.1 on, and passes over them before. */
export const unknownKeys: readonly (readonly [string, string])[] = [
  ['package: [git]', 'has package, which cloud-init does not know; did you mean "packages"?'],
  ['x: 1', 'has x, which cloud-init does not know'],
  ['"a\\tb": 1', 'has "a\\tb", which cloud-init does not know'],
  ['__proto__: 1', 'has __proto__, which cloud-init does not know'],
  ['constructor: 1', 'has constructor, which cloud-init does not know'],
]
