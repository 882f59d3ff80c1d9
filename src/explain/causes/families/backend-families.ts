/** Programs outside (vhost-user, vfio-user, VFIO) and requests of the guest that a device could not serve. */
import { type Cause, doc } from '../../cause.ts'
import { family } from './family.ts'

const fs = doc('fs.md')
const vfio = doc('vfio.md')

export const backendFamilies: readonly Cause[] = [
  family({
    id: 'vhost-user-request-failed',
    layer: 'socket',
    words:
      /vhost-?user|[Ss]et (?:vring|mem table|owner|features|protocol features)\b|(?:Get|Set|Reset) \w[\w ]{0,30} failed|Backend disconnected|(?:frontend|backend|master|slave) request handler|inflight shm log|(?:create|update|activate) virtio-fs|virtio-fs device/i,
    names: [
      String.raw`VhostUser\w*`,
      String.raw`Vhost\w+`,
      'CreateVirtioFs',
      'NoVirtioFsSock',
      'MasterReqHandlerCreation',
      'FrontendReqHandlerCreation',
      'BackendDisconnected',
      'SpawnNetBackend',
      'SpawnBlockBackend',
      'PartialMessage',
      'FeatureMismatch',
      'BackendInternalError',
      'SlaveInternalError',
    ],
    onlyOurs: true,
    // The device of vDPA is one of the kernel, without a program behind a socket.
    needs: ({ text }) => !/vdpa/i.test(text),
    doing: 'talking to a vhost-user backend (virtiofsd, SPDK, DPDK)',
    why: 'The backend refused a request, lacks a feature, is of another version, or has ended.',
    hint: 'Look at what that program prints at that time, and start it anew for each run.',
    reference: fs,
  }),
  family({
    id: 'vfio-user-failed',
    words: /vfio-user|VFIO[- ]user|user device/,
    names: [String.raw`VfioUser\w*`, 'UserDeviceSocketInUse', 'VmAddUserDevice'],
    doing: 'setting up a vfio-user device (--user-device)',
    why: 'A program on socket= serves it; it must speak vfio-user, and the guest memory must be shared.',
    hint: 'Look at what that program prints; `--memory size=…,shared=on` is needed.',
    reference: doc('vfio-user.md'),
  }),
  family({
    id: 'vfio-request-failed',
    words:
      /\bVFIO\b|\bvfio\b|iommufd|iommu table|(?:unmap|remove) (?:the |MMIO |userspace )*(?:memory )?regions?\b|Region (?:start|size)|sparse area|vfio_|The device could not be added/,
    names: [
      String.raw`Vfio\w*`,
      String.raw`Iommu(?:fd|Dma)\w*`,
      String.raw`Group(?:Get|Set)\w+`,
      'ContainerSetIOMMU',
      'VmAddDevice',
      'NoDevicePassthroughSupport',
      'CreatePassthroughDevice',
    ],
    onlyOurs: true,
    doing: 'passing a device of the host through to the guest (--device)',
    why: 'The driver of the device on the host, VFIO or the IOMMU refused a step.',
    hint: 'The kernel log of the host (`sudo dmesg | grep -iE "vfio|iommu"`) usually names the reason; see also `lspci -k` for the driver that has the device.',
    reference: vfio,
  }),
  {
    id: 'guest-buffer-outside-memory',
    layer: 'device',
    severity: 'warning',
    patterns: [[/Descriptor buffer extends past guest memory/], [/Guest gave us bad memory addresses/]],
    anyLevel: true,
    what: 'The guest handed a virtio device (a disk, where the thread is named _disk) a buffer that lies outside of its memory.',
    why: 'Buffers have to lie in the RAM of the guest. Memory of a pmem (DAX) or shared device is none; a driver that reads a disk into such an area does so, and so does a broken driver. The request fails in the guest; the image of the disk is not damaged by it.',
    hint: 'Mount the pmem device without DAX, or keep direct I/O away from it; else use another kernel in the guest.',
    reference: doc('device_model.md'),
    confidence: 'likely',
  },
  {
    id: 'guest-request-malformed',
    severity: 'warning',
    patterns: [
      [
        /Guest (?:gave|sent) us|[Dd]escriptor chain (?:is )?too short|write-only descriptor|read-only descriptor|invalid (?:indirect )?descriptor|Failed (?:to parse the request|adding used index|creating an iterator over the queue)|virtio(?:-|_)?queue|Failed to process (?:the )?queue|Failed to (?:add used|enable notification|determine if queue)/i,
      ],
      [
        /\b(?:DescriptorChain\w+|Unexpected(?:Write|Read)OnlyDescriptor|Invalid(?:Chain|\w*Descriptor\w*)|QueueIterator\w*|QueueAddUsed|QueueEnableNotification|RequestParsing|BufferLengthTooSmall)\b/,
      ],
    ],
    anyLevel: true,
    onlyOurs: true,
    what: 'A virtio device could not serve a request of the guest: {said|see the message}.',
    why: 'The request as the driver in the guest wrote it has a form or an address that the device does not take. {errno|}',
    hint: 'The thread or the file of the source in the record names the device{writer|}. See what the kernel of the guest says of it at that time; compare another kernel in the guest and a newer release. {apart|}',
    reference: doc('device_model.md'),
    confidence: 'possible',
  },
]
