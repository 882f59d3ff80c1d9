// What test/box needs for a machine of the second architecture: its programs run on this host.
import { tool } from './tool.mjs'

export const checks = [tool('qemu-aarch64-static', 'qemu-user-static'), tool('arch-test', 'arch-test')]
