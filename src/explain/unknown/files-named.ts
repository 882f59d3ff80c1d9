/** Names of files in a line: a directory of a person that is called after a program does not show that the program wrote the line. */

const pathOfPerson =
  /(?<=[\s'"`(=:])(?:~|\/(?:home|root|tmp|mnt|media|srv)(?=\/))(?:\/[\w.@%+-]{1,80}){1,20}\/?/g

/** @returns the line with "FILE" for files in directories that people name */
export const withoutFilesOfPeople = (text: string): string => text.replace(pathOfPerson, 'FILE')
