/** What KubeVirt, its importer (CDI) and virtctl say. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const guide = 'https://kubevirt.io/user-guide/'
const cdi = 'https://github.com/kubevirt/containerized-data-importer/tree/main/doc'

const isKubeVirt = ({ says }: Evidence): boolean =>
  says(/kubevirt|virt-(?:launcher|handler|controller)|\bVMI\b|virtctl|SyncVMI/)

export const kubeVirt: readonly Cause[] = [
  {
    id: 'kubevirt-root-mount-unknown',
    line: [/failed to detect root mount point of containerDisk/],
    what: 'KubeVirt (virt-handler) did not find on the node where the storage of the containerDisk is mounted.',
    why: 'It looks for the mount that holds it in the table of process 1, and does not know every kind of root file system or snapshotter (ZFS, overlays of other engines).',
    hint: 'Use a volume (PVC, DataVolume) in place of a containerDisk, another file system for the storage of containers, or a newer release.',
    reference: 'https://kubevirt.io/user-guide/storage/disks_and_volumes/',
    confidence: 'likely',
  },
  {
    id: 'kubevirt-migration-disks',
    line: [
      /cannot migrate VMI: PVC (?<name>\S{1,120}) is not shared/,
      /cannot migrate VMI(?: with| which has|:) (?<words>.{0,60}(?:local|non-shared|hostdisk|hostDisk|ReadWriteOnce|backend storage).{0,80})/i,
      /reason"?: "?DisksNotLiveMigratable/,
    ],
    what: 'This VM of KubeVirt cannot be moved to another node while it runs, because a disk of it is not shared ({name|see the line}).',
    why: 'Both nodes use the disk during a live migration: its PVC must allow ReadWriteMany (accessModes), as CephFS, NFS or a block class with volumeMode Block do. The VM itself runs.',
    hint: 'Put the disk on a storage class with ReadWriteMany (a new DataVolume, cloned from the old one), or set evictionStrategy: None and shut the VM down when its node is drained.',
    reference: `${guide}compute/live_migration/`,
    confidence: 'likely',
  },
  {
    id: 'kubevirt-migration-network',
    line: [/cannot migrate VMI which does not use masquerade/, /reason"?: "?InterfaceNotLiveMigratable/],
    what: 'This VM of KubeVirt cannot be moved to another node while it runs, because of the way its first network is bound (bridge on the pod network).',
    why: 'With the binding "bridge" the guest has the address of the pod, which the pod on the other node does not get. The VM itself runs.',
    hint: 'Use masquerade in place of bridge for the interface on the pod network and start the VM anew; bridge is for further networks (Multus).',
    reference: `${guide}compute/live_migration/`,
    confidence: 'likely',
  },
  {
    id: 'cdi-volume-small',
    line: [
      /Virtual image size (?<size>\d{1,20}) is larger than (?:the )?(?:reported )?available (?:storage|size) (?<room>\d{1,20})/,
    ],
    what: 'CDI did not import the image: unpacked it has {size|more} bytes, and the volume {room|less}.',
    why: 'The virtual size counts, not that of the (compressed, qcow2) file, and CDI keeps some percent of a file system volume for itself (filesystemOverhead).',
    hint: 'Ask for a larger PVC in the DataVolume (spec.storage.resources.requests.storage; `qemu-img info` shows the virtual size, add 10 %), delete the DataVolume that failed and apply it again.',
    reference: cdi,
    confidence: 'likely',
  },
  {
    id: 'cdi-source-unreachable',
    line: [
      /Unable to connect to http data source: (?<words>.{1,160})/,
      /Unable to process data: (?<words>.{0,120}(?:expected status code 200, got \d{3}|no such host|i\/o timeout|connection refused|certificate).{0,120})/,
    ],
    what: 'The importer of CDI did not get the image from its address: {words|see the line}.',
    why: 'The pod of the importer fetches it, not your machine: a URL that is wrong or moved (404), asks for a login (403), or that pods do not reach (DNS, proxy, firewall), or a certificate that the image of CDI does not know.',
    hint: 'Try the URL from a pod (`kubectl run t --rm -it --image=curlimages/curl -- curl -sSIL URL`); give a proxy in the CDI object (spec.config.importProxy), a CA by certConfigMap, credentials by secretRef.',
    reference: cdi,
    confidence: 'likely',
  },
  {
    id: 'cdi-volume-full',
    line: [
      /(?:Unable to (?:process data|transfer source data|convert|write)|unable to write to file).{0,200}[Nn]o space left on device/,
    ],
    needs: ({ says }) => says(/importer|\bcdi\b|DataVolume|upload(?:server|-)|containerized-data/i),
    what: 'CDI did not import the image, because the volume that it writes to is full.',
    why: 'Either the PVC is smaller than the image, or the scratch volume is: CDI unpacks and converts compressed images and those from registries there first (a PVC of the scratch storage class, or /tmp of its pod).',
    hint: 'Ask for a larger size in the DataVolume (`qemu-img info` of the image: virtual size plus 10 %), set scratchSpaceStorageClass in the CDI object, delete the DataVolume that failed and apply it again.',
    reference: cdi,
    confidence: 'likely',
  },
  {
    id: 'kubevirt-migration-stuck',
    line: [
      /[Ll]ive migration (?:stuck for|is not completed after|not completed after) (?<time>\d{1,6}) sec\w{0,4} and has been aborted/,
    ],
    what: 'KubeVirt gave the live migration of the VM up, because it made no progress or took too long ({time|see the line} s).',
    why: 'The guest writes to its memory faster than the network between the nodes carries it (64 MiB/s or a shared network is often the limit), or the VM is large. The VM runs on at its old node.',
    hint: 'Use a network of its own for migrations (spec.configuration.migrations.network of the KubeVirt object), raise bandwidthPerMigration, progressTimeout and completionTimeoutPerGiB, or permit allowAutoConverge or allowPostCopy by a MigrationPolicy; migrate while the guest is quiet.',
    reference: `${guide}compute/live_migration/`,
    confidence: 'likely',
  },
  {
    id: 'kubevirt-state-refused',
    line: [
      /virtualmachines?(?:instances?)?\.kubevirt\.io .{0,100}: (?<words>(?:VM|VMI) is (?:already running|not running|not paused|already paused|paused).{0,60}|Halted does not support manual (?:start|stop) requests|Always does not support manual start requests)/,
    ],
    what: 'KubeVirt refused the request, because the VM is in another state: {words|see the line}.',
    why: 'start, stop, pause and the console each need a certain state. With runStrategy Always (or running: true) KubeVirt starts the VM itself, and a VM that does not come up counts as starting.',
    hint: '`kubectl get vm,vmi NAME` and `kubectl describe vm NAME` (its conditions say why it does not run); `virtctl stop NAME --force --grace-period=0` for one that hangs, then start it again.',
    reference: `${guide}compute/run_strategies/`,
    confidence: 'likely',
  },
  {
    id: 'kubevirt-console-refused',
    line: [
      /websocket: bad handshake/,
      /Can't (?:access|connect to) (?:VMI|console).{0,160}/,
      /Operation cannot be fulfilled on virtualmachineinstance\S{0,30} .{0,80}VMI is not running/,
      /You were disconnected from the console/,
    ],
    needs: (evidence) =>
      isKubeVirt(evidence) || /access VMI|disconnected from the console/.test(evidence.text),
    what: 'virtctl has no connection to the console of the VM.',
    why: 'The VM does not run (any more), its virt-launcher or virt-handler on that node is not reached by virt-api, another client took the console over (there is one at a time), or virtctl is of another version than the cluster.',
    hint: '`kubectl get vmi -A` (phase Running?), `kubectl -n kubevirt get pods -o wide`; use the virtctl of that version (`virtctl version`). A console without any text wants a guest that has console=ttyS0.',
    reference: `${guide}user_workloads/accessing_virtual_machines/`,
    confidence: 'possible',
  },
  {
    id: 'kubevirt-volume-unnamed',
    line: [
      /spec\.\S{0,60}domain\.devices\.(?:disks|filesystems)\[(?<index>\d{1,3})\]\.Name '(?<name>[^']{1,80})' not found/,
    ],
    what: 'The VM has a disk {name|} without a volume of the same name: the API refused the object.',
    why: 'Each entry of devices.disks is joined with the entry of spec.volumes that has the same name.',
    hint: 'Add a volume with that very name (cloudInitNoCloud, dataVolume, containerDisk …), or correct the name of the disk.',
    reference: `${guide}storage/disks_and_volumes/`,
    confidence: 'likely',
  },
  {
    id: 'kubevirt-feature-off',
    line: [/(?<gate>[\w-]{1,60}) feature gate is not enabled in kubevirt(?:-config| CR|\b)/],
    what: 'The VM asks for a feature of KubeVirt that is switched off: {gate|its feature gate}.',
    why: 'Features that are not finished must be switched on for the whole cluster before an object may use them.',
    hint: '`kubectl -n kubevirt edit kubevirt kubevirt`, and add the name to spec.configuration.developerConfiguration.featureGates.',
    reference: `${guide}cluster_admin/activating_feature_gates/`,
    confidence: 'likely',
  },
  {
    id: 'kubevirt-device-not-permitted',
    line: [/(?:HostDevice|GPU) (?<name>\S{1,120}) is not permitted in permittedHostDevices configuration/],
    what: 'KubeVirt does not let VMs use the device {name|}: it is not in its list of permitted host devices.',
    why: 'A device of a node is offered only where spec.configuration.permittedHostDevices of the KubeVirt object names it (pciVendorSelector or mdevNameSelector with its resourceName).',
    hint: '`kubectl -n kubevirt edit kubevirt kubevirt`: add vendor:device (`lspci -nn`) with that resourceName, and externalResourceProvider: true where a device plug-in of its own offers it; the device must be bound to vfio-pci on the node.',
    reference: `${guide}compute/host-devices/`,
    confidence: 'likely',
  },
  {
    id: 'kubevirt-firmware-missing',
    line: [/Unable to find any firmware to satisfy 'efi'/],
    needs: isKubeVirt,
    what: 'virt-launcher has no UEFI firmware that fits what the VM asks for: it was not started.',
    why: 'bootloader.efi asks for secure boot unless secureBoot: false stands there, and secure boot needs SMM; the architecture of the node may have no such firmware in the image.',
    hint: 'Set `firmware.bootloader.efi.secureBoot: false`, or switch on `features.smm.enabled: true` for secure boot.',
    reference: `${guide}compute/virtual_hardware/`,
    confidence: 'likely',
  },
  {
    id: 'kubevirt-launcher-gone',
    line: [
      /(?:failed to detect VMI pod|Unable to mark vmi as unresponsive|dial unix \S{0,200}launcher-(?:init-)?sock).{0,240}/,
    ],
    what: 'virt-handler on the node does not reach the virt-launcher of a VM: its socket is gone, or nobody listens there.',
    why: 'The pod of the launcher ended or has not started yet; after a VM has gone, virt-handler says so for a while. The line holds no reason.',
    hint: '`kubectl get pods -l kubevirt.io=virt-launcher -A`, `kubectl logs POD -c compute` (and --previous), `kubectl describe vmi NAME`.',
    reference: `${guide}debug_virt_stack/debug/`,
    confidence: 'possible',
  },
  {
    id: 'kubevirt-guest-waits',
    severity: 'note',
    line: [
      /Guest VM is not reported as running/,
      /virt-launcher pod has not yet been scheduled/,
      /reason"?: "?(?:GuestNotRunning|PodNotExists)\b/,
    ],
    what: 'A condition of a VM of KubeVirt: the guest does not run (yet). It is a state, and no reason.',
    why: 'The pod virt-launcher is not scheduled, pulls its image, waits for a volume, or its VM failed to start.',
    hint: '`kubectl describe vmi NAME` and `kubectl describe pod -l vm.kubevirt.io/name=NAME` (events at the end), then `kubectl logs POD -c compute`.',
    reference: `${guide}debug_virt_stack/debug/`,
    confidence: 'likely',
  },
]
