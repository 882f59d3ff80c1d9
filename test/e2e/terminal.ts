/** A person at a terminal of tmux inside a disposable host, for scripts of bash. */

const path = '/usr/local/bin:/usr/bin:/bin'

export interface PersonAtTerminal {
  /** Of 80 columns each. */
  readonly lines: number
  /** The prompt of the shell, which `open` waits for. */
  readonly prompt: string
  /** Whether the screen is read with what scrolled off it. */
  readonly history: boolean
}

/**
 * Functions of bash: `make_sky` (an ordinary user who may use sudo with a password), `open` (the shell of
 * that user on the terminal), `type KEYS`, `screen` and `shows TEXT`, which waits until the screen has the
 * text: a slow machine only takes longer. `$T` is tmux.
 */
export const terminal = ({ lines, prompt, history }: PersonAtTerminal): string => `
T="tmux -L person -f /dev/null"
screen() { $T capture-pane -p -J ${history ? '-S -' : ''} -t s; }
type() { $T send-keys -t s "$@"; }
shows() {
  for _ in $(seq 600); do screen | grep -qF -- "$1" && return; sleep 0.1; done
  echo "the screen never showed: $1"; screen; exit 1
}
open() {
  $T new-session -d -s s -x 80 -y ${lines} "runuser -u sky -- env -i HOME=/home/sky USER=sky TERM=screen-256color LANG=C.UTF-8 PS1='${prompt}' PATH=${path} bash --norc"
  shows '${prompt.trimEnd()}'
}
make_sky() {
  groupadd --force --system kvm
  useradd --create-home --shell /bin/bash sky; echo 'sky:secret' | chpasswd
  echo 'sky ALL=(ALL) ALL' > /etc/sudoers.d/sky
  [ ! -e /dev/kvm ] || chgrp kvm /dev/kvm
}
`
