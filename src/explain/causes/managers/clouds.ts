/** What clouds and schedulers say that start VMs on a host: OpenStack Nova, CloudStack, Nomad. */
import type { Cause } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const nova = 'https://docs.openstack.org/nova/latest/admin/support-compute.html'
const cloudstack = 'https://docs.cloudstack.apache.org/en/latest/installguide/hypervisor/kvm.html'
const nomad = 'https://developer.hashicorp.com/nomad/docs'

const isNova = ({ says }: Evidence): boolean => says(/\bnova\b|neutron|openstack|devstack/i)
const isCloudStack = ({ says }: Evidence): boolean =>
  says(/cloudstack|com\.cloud\.|cloudbr\d|org\.apache\.cloud/i)
const isNomad = ({ says }: Evidence): boolean =>
  says(/\bnomad\b|client\.(?:alloc_runner|driver_mgr)|Driver Failure|task driver/i)

export const clouds: readonly Cause[] = [
  {
    id: 'nova-no-host',
    line: [
      /NoValidHost(?:_Remote)?: No valid host was found\.? ?(?<words>.{0,160})/,
      /\bNo valid host was found\b/,
    ],
    needs: isNova,
    what: 'Nova found no compute host for the instance: {words|none was left}.',
    why: 'Either each host was excluded by a filter or by placement (memory, CPUs, disk, aggregate, image properties, a PCI or trait that none has, a service that is down), or a host was tried and failed there ("Exceeded maximum number of retries"), so that its own error is in nova-compute.log.',
    hint: '`openstack compute service list`, `openstack hypervisor stats show`, `openstack allocation candidate list --resource VCPU=1 --resource MEMORY_MB=…`; in nova-scheduler.log "Filter … returned 0 hosts" names the filter; on the hosts nova-compute.log with the id of the instance. New hosts need `nova-manage cell_v2 discover_hosts`.',
    reference: nova,
    confidence: 'likely',
  },
  {
    id: 'nova-port-binding',
    line: [
      /(?:exception\.PortBindingFailed\b|\bPortBindingFailed: Binding|Binding failed for port (?<port>[\w-]{2,40}), please check neutron)/,
    ],
    what: 'Neutron could not bind the port of the instance to its host: the network agent there does not serve that network.',
    why: 'The agent (Open vSwitch, OVN controller, Linux bridge) on the host is down or known under another host name, or has no mapping for the physical network (bridge_mappings).',
    hint: '`openstack network agent list --host HOST`, neutron-server.log for the id of the port ("Failed to bind port"), and compare host= in nova.conf and neutron.conf with bridge_mappings of the agent.',
    reference: 'https://docs.openstack.org/neutron/latest/admin/',
    confidence: 'likely',
  },
  {
    id: 'nova-vif-not-plugged',
    line: [
      /VirtualInterfaceCreateException|Virtual Interface creation failed|Timeout waiting for \[\(?'network-vif-plugged'/,
    ],
    what: 'Nova waited for the message of Neutron that the port is plugged (network-vif-plugged), and it did not come in time: the instance was not started.',
    why: 'The network agent of that host is down or slow, or Neutron cannot notify Nova (its [nova] section, credentials, URL of Nova). The hypervisor has no part in it.',
    hint: '`openstack network agent list --host HOST`, the log of that agent and of neutron-server ("notify nova", 401, 404); only for a test vif_plugging_is_fatal=False and vif_plugging_timeout=0 in nova.conf.',
    reference: 'https://docs.openstack.org/neutron/latest/admin/',
    confidence: 'likely',
  },
  {
    id: 'nova-cpu-unfit',
    line: [/Unacceptable CPU info: (?<words>.{1,160})/, /InvalidCPUInfo\b/],
    what: 'The processor of the other host does not have what the instance uses: it cannot be moved there live.',
    why: 'Nova compares the CPU model and flags of both hosts. With cpu_mode=host-model or host-passthrough they must be (nearly) the same, microcode and kernel included.',
    hint: 'Set cpu_mode=custom with a model in cpu_models that all hosts have and start the instances anew; or move it cold (`openstack server migrate`).',
    reference: 'https://docs.openstack.org/nova/latest/admin/cpu-models.html',
    confidence: 'likely',
  },
  {
    id: 'cloudstack-no-capacity',
    line: [
      /InsufficientServerCapacityException|Unable to create a deployment for VM|no usable volumes found for the VM/,
    ],
    needs: isCloudStack,
    what: 'CloudStack found no host or storage that may run the VM.',
    why: 'The sum of what is allocated (CPU, memory, storage, with their overprovisioning factors), tags of the offering, affinity groups or a host that is not Up leave none; after a failed start the list of avoided hosts (avoid set) grows.',
    hint: 'In management-server.log search for the job id and read what the allocators say ("No suitable hosts", "avoid set"); see the state and tags of hosts and primary storage, and the agent.log of a host where it was tried.',
    reference: 'https://docs.cloudstack.apache.org/en/latest/adminguide/',
    confidence: 'likely',
  },
  {
    id: 'cloudstack-agent-network',
    line: [
      /Failed to get (?<kind>private|public|guest) nic name/,
      /Unable to find the (?<kind>guest|public|private) network (?<bridge>\S{1,40}?):?(?:\s|$)/,
    ],
    what: 'The agent of CloudStack on the KVM host does not find the bridge for its {kind|} network {bridge|}, so it does not start.',
    why: 'agent.properties (private.network.device, public.network.device, guest.network.device; mostly cloudbr0) names a bridge that does not exist or has no physical interface in it.',
    hint: '`ip -br link`, `bridge link`; make cloudbr0 (netplan or NetworkManager) with the network card as its port, put its name into /etc/cloudstack/agent/agent.properties, and restart cloudstack-agent.',
    reference: cloudstack,
    confidence: 'likely',
  },
  {
    id: 'nomad-libvirt-unreachable',
    line: [
      /failed to connect to hypervisor\b.{0,160}(?:libvirt-sock|virtqemud-sock)\S{0,4}: (?<words>No such file or directory|Permission denied|Connection refused)/,
    ],
    needs: isNomad,
    what: 'The driver of Nomad did not reach libvirt on that client: {words|see the message}.',
    why: 'No such file: libvirtd (or virtqemud) is not installed or not started there. Permission denied: the user of the Nomad agent is not allowed to use it (group libvirt).',
    hint: '`sudo systemctl enable --now libvirtd` (or virtqemud.socket), run the agent as root or in the group libvirt, then restart it so that the driver is looked at again.',
    reference: 'https://developer.hashicorp.com/nomad/plugins/drivers/virt',
    confidence: 'likely',
  },
  {
    id: 'nomad-image-path',
    line: [/(?:image|disk|file) (?:path )?\\?"?(?<file>[^"\s]{1,160}?)\\?"? is not in the allowed paths/],
    needs: isNomad,
    what: 'The driver of Nomad does not use the image {file|}: it lies outside of the directories that it may read.',
    why: 'Besides the directory of the allocation the driver takes only what image_paths in its plugin block lists.',
    hint: 'Add the directory to image_paths (in the config of plugin "nomad-driver-virt": image_paths = ["/var/local/…"]) on the clients and restart them; or fetch the image with an artifact block and name it relative to the task.',
    reference: 'https://developer.hashicorp.com/nomad/plugins/drivers/virt',
    confidence: 'likely',
  },
  {
    id: 'nomad-cgroup-missing',
    line: [
      /failed to (?:set|create|configure) (?:executor )?cgroup\b.{0,160}nomad(?:\.slice|\/)?.{0,120}no such file or directory/,
    ],
    what: 'Nomad does not find its own cgroup (nomad.slice) on that client, so the task was not started.',
    why: 'The agent makes it at its start: it was removed since, the agent does not run as root, or not all controllers (cpuset, cpu, memory) are enabled on that machine or in that container.',
    hint: '`cat /sys/fs/cgroup/cgroup.controllers /sys/fs/cgroup/nomad.slice/cgroup.controllers`; run the client as root, and restart it; in a container it takes cgroups that may be written.',
    reference: nomad,
    confidence: 'likely',
  },
]
