/** Words of graphics cards and accelerators, and of their drivers. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const graphicsTerms: Terms = [
  [
    /\bprobe routine was not called for \d{1,12} device\b|\banother driver was loaded and obtained ownership of the NVIDIA\b/,
    'The NVIDIA card belongs to another driver on that machine (vfio-pci, nouveau): on a host that passes it through this is as it should be; else unbind it or blacklist nouveau (`lspci -nnk` shows "Kernel driver in use").',
  ],
  [
    /\bsystem not yet initialized\b|\bCUDA_ERROR_SYSTEM_NOT_READY\b/,
    'CUDA error 802: on machines with NVSwitch (HGX, DGX) the Fabric Manager does not run or has another version than the driver (`systemctl status nvidia-fabricmanager`), or a GPU in confidential mode was not set ready (`nvidia-smi conf-compute -srs 1`).',
  ],
  [
    /\bCUDA unknown error\b|\bCUDA_VISIBLE_DEVICES after program start\b/,
    'CUDA found the driver but could not start the card: nvidia_uvm is not loaded or /dev/nvidia-uvm is missing (`sudo nvidia-modprobe -u`), after sleep of the machine, or the card hangs (dmesg, Xid).',
  ],
  [
    /\bnvidia-vgpu-(?:vfio|mgr)\b.{0,80}\b(?:failed|error)\b/i,
    'The vGPU manager of NVIDIA on the host reports a fault of a vGPU: version and licence of host and guest driver, the type of the vGPU and the UUID of its mdev must fit; `journalctl -u nvidia-vgpu-mgr` says more.',
  ],
  [
    /\bUnable to create a private tmpfs mount, hugepage support will be disabled\b/,
    'The i915 driver goes on without huge pages: a note, usual where it starts before tmpfs is there.',
  ],
  [
    /\bnouveau\b.{0,60}\b(?:failed|timeout|error|unknown chipset)\b/i,
    'nouveau is the free driver of NVIDIA cards: for new cards it lacks firmware or knowledge; for pass-through blacklist it on the host, in the guest use the driver of NVIDIA.',
  ],
]
