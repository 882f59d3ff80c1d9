/** How shells, services and containers report that a signal ended a program. */

interface Words {
  readonly number: number
  /** What a shell prints: bash with glibc in English, Chinese, German, Spanish, French, Japanese. */
  readonly shell: readonly string[]
}

const signals: Readonly<Record<string, Words>> = {
  SIGILL: {
    number: 4,
    shell: [
      'Illegal instruction',
      '非法指令',
      'Ungültiger Maschinenbefehl',
      'Instrucción ilegal',
      'Instruction non permise',
    ],
  },
  SIGABRT: {
    number: 6,
    shell: ['Aborted', '已放弃', 'Abgebrochen', 'Abortado', 'Abandon', 'アボートしました'],
  },
  SIGBUS: {
    number: 7,
    shell: ['Bus error', '总线错误', 'Bus-Zugriffsfehler', 'Error en el bus', 'Erreur du bus', 'バスエラー'],
  },
  SIGKILL: {
    number: 9,
    shell: ['Killed', '已杀死', 'Getötet', 'Terminado (killed)', 'Processus arrêté', '強制終了'],
  },
  SIGSEGV: {
    number: 11,
    shell: [
      'Segmentation fault',
      '段错误',
      'Speicherzugriffsfehler',
      'Violación de segmento',
      'Erreur de segmentation',
    ],
  },
  SIGXFSZ: {
    number: 25,
    shell: [
      'File size limit exceeded',
      '超出文件大小限制',
      'Die maximale Dateigröße ist überschritten',
      'Taille limite de fichier dépassée',
    ],
  },
  SIGSYS: {
    number: 31,
    shell: [
      'Bad system call',
      '错误的系统调用',
      'Ungültiger Systemaufruf',
      'Llamada al sistema errónea',
      'Appel système erroné',
    ],
  },
}

const escaped = (words: string) => words.replace(/[()|.]/g, '\\$&')

/** @returns expressions for the lines that tell of this signal */
export const signalLines = (signal: string): readonly RegExp[] => {
  const found = signals[signal]
  if (!found) return []
  const { number, shell } = found
  const short = signal.slice(3)
  const code = 128 + number
  return [
    // A shell puts the script, the line and the process in front of it.
    new RegExp(
      `^(?:.{0,200}(?:[:：\\t\\]+-]|\\s\\d{2,7})\\s{0,20})?(?:${shell.map(escaped).join('|')})(?:\\s{0,20}\\(.{0,40}\\))?$`,
    ),
    // A script of bash names the command that it lost.
    new RegExp(
      `\\b${escaped(shell[0] ?? signal)}\\s{1,40}(?:\\(core dumped\\)\\s{1,20})?(?:\\S{0,200}/)?cloud-hypervisor\\b`,
    ),
    new RegExp(`^${signal}(?: \\(.{0,40}\\))?$`),
    new RegExp(`status=${number}/${short}\\b`),
    new RegExp(`\\b(?:killed by|terminated by)\\s{0,4}(?:signal[: ]{1,4})?(?:${signal}|${number})\\b`, 'i'),
    // What is sent, forwarded or ignored has ended nothing yet.
    new RegExp(
      `^(?!.{0,200}\\b(?:stop|sen[dt]|forward|ignor|skip)).{0,300}\\bsignal[: ]{1,4}(?:${signal}|${number})\\b`,
      'i',
    ),
    // The frame of a debugger in which the handler gives the signal back to the kernel.
    new RegExp(`\\b(?:emulate_default_handler|restore_default) \\(signal=${number}\\)`),
    new RegExp(`^(?:exit(?:ed)?(?: (?:code|status))?|rc)[ =:]{0,4}\\(?${code}\\)?$`, 'i'),
    new RegExp(`\\bExited \\(${code}\\)`),
    // docker compose, where the service is named after a virtual machine: others stand in the same output.
    new RegExp(`(?:vm|hyperv|chv|guest)[\\w-]{0,40} exited with code ${code}\\b`, 'i'),
    new RegExp(`--- ${signal} \\{`),
  ]
}

/** @returns the signal behind an exit code of a shell (128 and its number), or null */
export const signalOfCode = (code: number): string | null =>
  Object.entries(signals).find(([, { number }]) => code === 128 + number)?.[0] ?? null
