/** The words of shells and of the C library in other languages, put back into English for the causes. */

/** English, then Chinese, German, Spanish, French, Japanese as glibc, bash and zsh print them. */
const words: readonly (readonly [english: string, ...others: string[]])[] = [
  [
    'No such file or directory',
    '没有那个文件或目录',
    '没有该文件或目录',
    'Datei oder Verzeichnis nicht gefunden',
    'No existe el archivo o el directorio',
    'No existe el fichero o el directorio',
    'Aucun fichier ou dossier de ce type',
    'Aucun fichier ou dossier de ce nom',
    'そのようなファイルやディレクトリはありません',
  ],
  [
    'command not found',
    '未找到命令',
    '找不到命令',
    'Kommando nicht gefunden.',
    'Kommando nicht gefunden',
    'Befehl nicht gefunden',
    'orden no encontrada',
    'no se encontró la orden',
    'instrucción no encontrada',
    'commande introuvable',
    'コマンドが見つかりません',
  ],
  [
    'Permission denied',
    '权限不够',
    '权限被拒绝',
    'Keine Berechtigung',
    'Permiso denegado',
    'Permission non accordée',
    'Permission refusée',
    '許可がありません',
  ],
  [
    'Operation not permitted',
    '不允许的操作',
    'Die Operation ist nicht erlaubt',
    'Operación no permitida',
    'Opération non permise',
    '許可されていない操作です',
  ],
  [
    'cannot execute binary file',
    '无法执行二进制文件',
    'Kann die Binärdatei nicht ausführen',
    'no se puede ejecutar el fichero binario',
    'no se puede ejecutar el archivo binario',
    "impossible d'exécuter le fichier binaire",
    'バイナリファイルを実行できません',
  ],
  [
    'Exec format error',
    '可执行文件格式错误',
    'Fehler im Format der Programmdatei',
    'Formato de ejecutable incorrecto',
    'Erreur de format pour exec()',
    '実行形式エラー',
  ],
  [
    'Device or resource busy',
    '设备或资源忙',
    'Das Gerät oder die Ressource ist belegt',
    'Dispositivo o recurso ocupado',
    'Périphérique ou ressource occupé',
    'デバイスもしくはリソースがビジー状態です',
  ],
]

const byWords = new Map(
  words.flatMap(([english, ...others]) => others.map((other) => [other.toLowerCase(), english] as const)),
)

const expression = new RegExp(
  [...byWords.keys()]
    .sort((a, b) => b.length - a.length)
    .map((one) => one.replace(/[()|.]/g, '\\$&'))
    .join('|'),
  'gi',
)

/** @returns the line with these words in English, and the colons of Chinese and Japanese as ": " */
export const inEnglish = (line: string): string => {
  const english = line.replace(expression, (found) => byWords.get(found.toLowerCase()) ?? found)
  return english === line ? line : english.replace(/：\s?/g, ': ')
}
