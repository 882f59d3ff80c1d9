/** How systemd says on the console and in the journal that a unit did not start. */

/**
 * Newer releases write "name.service - Description".
 *
 * @returns an expression for the line that names a unit by this description
 */
export const failedToStart = (description: string): RegExp =>
  new RegExp(
    String.raw`(?:^|\[FAILED\] )Failed to start (?:[\w@.\\-]{1,120}\.\w{5,8} - )?(?<unit>${description})(?:\.{0,3}(?: \S{0,10})?|['’]?\.)$`,
  )
