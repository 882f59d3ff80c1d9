export interface GroupEntry {
  readonly gid: number
  readonly members: readonly string[]
}

/** One group in the text of /etc/group, or null. Members by primary group are not listed there. */
export const groupIn = (text: string, name: string): GroupEntry | null => {
  for (const line of text.split('\n')) {
    const [group, , gid, members = ''] = line.split(':')
    if (group === name && gid) return { gid: Number(gid), members: members.split(',').filter(Boolean) }
  }
  return null
}
