/** How systemd powers a guest off. */
import type { Host } from '../../host/host.ts'
import { remoteBeside } from '../../hypervisor/find.ts'
import type { Argv } from '../../util/argv.ts'

/**
 * Presses the power button every 5 s until the main process is gone, for a minute; then systemd ends it by a
 * signal. MAINPID is empty where it has ended by itself. The words behind the script press the button.
 */
const script =
  'n=0; while [ "$n" -lt 12 ] && kill -0 "$MAINPID" 2>/dev/null; do "$@" >/dev/null 2>&1; s=0; while [ "$s" -lt 5 ] && kill -0 "$MAINPID" 2>/dev/null; do sleep 1; s=$((s+1)); done; n=$((n+1)); done; true'

export interface PowerButton {
  readonly argv: Argv
  /** The program that presses it. */
  readonly program: string
}

/** @returns null where there is neither ch-remote nor curl */
export const powerButton = async (
  host: Host,
  binary: string,
  socket: string,
): Promise<PowerButton | null> => {
  const beside = remoteBeside(binary)
  const remote = (await host.canAccess(beside, 'execute')) ? beside : await host.which('ch-remote')
  const curl = remote === null ? await host.which('curl') : null
  const press: Argv | null =
    remote !== null
      ? [remote, '--api-socket', socket, 'power-button']
      : curl !== null
        ? [curl, '-s', '-X', 'PUT', '--unix-socket', socket, 'http://localhost/api/v1/vm.power-button']
        : null
  return press && { program: press[0], argv: ['/bin/sh', '-c', script, 'power-button', ...press] }
}
