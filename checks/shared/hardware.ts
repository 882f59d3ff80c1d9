/** Hardware virtualisation, and what gives it to a machine. */

export type Hardware = { readonly arch: string; readonly virtual: boolean; readonly wsl?: boolean }

/** What gives a machine hardware virtualisation. */
export const enableHardware = ({ arch, virtual, wsl }: Hardware): string =>
  // Elsewhere there is no flag and no such switch: arm64 has KVM when its kernel was started in EL2.
  arch !== 'x86_64'
    ? 'Use a machine and a kernel with KVM: `dmesg | grep -i kvm` shows what is missing.'
    : wsl
      ? 'On Windows 11 write `nestedVirtualization=true` below `[wsl2]` into .wslconfig in your Windows home, then `wsl --shutdown` there; Windows 10 and a Windows that is a virtual machine itself may not offer it.'
      : virtual
        ? 'Switch nested virtualisation on in the hypervisor around this machine.'
        : 'Switch VT-x or AMD-V on in the BIOS/UEFI set-up.'
