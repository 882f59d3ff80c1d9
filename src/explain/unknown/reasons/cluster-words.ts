/** Words for a reason that programs use which talk to others: clusters, registries, databases, clients of an API. */
import type { Words } from './reason.ts'

export const clusterWords: Words = [
  [
    /\b(?:content|layer|blob|digest|manifest) (?:digest )?sha256:[0-9a-f]{1,64}\b.{0,20}: not found\b/,
    'The store of images of the node lacks a part of the image: it was removed, or its download was not kept (discard_unpacked_layers, another namespace or snapshotter).',
    '`sudo ctr -n k8s.io images check`; remove the image and pull it again.',
  ],
  [
    /\bEOF while parsing a value at line 1 column 0\b|\bExpecting value: line 1 column 1 \(char 0\)|\bunexpected end of JSON input\b|\bUnexpected end of JSON input\b/,
    'What should be JSON was empty, ended too early, or began with something else. Servers answer some requests without a body (status 204), and an error page is no JSON.',
    'Print status and body before they are parsed (`curl -i`).',
  ],
  [
    /\b(?:expected (?:value|ident|`[^`]{1,9}`|`,` or `[}\]]`)|trailing (?:comma|characters)|key must be a string|control character .{0,60}while parsing a string)"?,? ?(?:at )?line:? \d+,? column:? \d+/,
    'A JSON text cannot be parsed at that line and column: a value is missing or empty there, or a quote, comma or bracket is wrong.',
    '`jq . FILE` names the place; look at what wrote that file, and at options that were given empty.',
  ],
  [
    /\bmalformed HTTP (?:response|version|status code)\b|\bfirst record does not look like a TLS handshake\b|\b(?:SSL|TLS)\b.{0,60}\bwrong version number\b|\btls: unsupported SSLv2 handshake\b|\bClient sent an HTTP request to an HTTPS server\b/,
    'The two sides speak different protocols on that port: TLS against plain text, HTTP/2 (gRPC) against HTTP/1, or another service altogether.',
    'Compare the scheme (http, https), the port, and what listens there (`ss -ltnp`).',
  ],
  [
    /\b(?:too many clients already|remaining connection slots are reserved|too many connections for (?:role|database))\b|\bToo many connections\b/,
    'The database has given out all connections that it allows (max_connections): the programs together open more than that, or do not give them back.',
    'Limit the pool of each program, or raise max_connections; `SELECT count(*) FROM pg_stat_activity` counts them in PostgreSQL.',
  ],
  [
    /\b405\b.{0,20}\bMethod Not Allowed\b|\bmethod not allowed\b/i,
    'The path is known to that server, but not with this method: PUT, GET, POST and DELETE are told apart.',
    'The header Allow of the answer, or the description of that API, names the method.',
  ],
  [
    /\bin CONTAINER_(?:EXITED|CREATED|UNKNOWN) state\b|\bcontainer (?:is )?not (?:running|created or running)\b|\bcannot exec in a (?:stopped|paused) (?:state|container)\b|\bcannot exec in a deleted state\b/i,
    'The container does not run (any more), so nothing can be done in it.',
    '`kubectl logs --previous`, `crictl ps -a` and `crictl inspect` tell how it ended.',
  ],
  [
    /\bno adapters? were found\b|\bNo connection adapters were found for\b/i,
    'The client library does not know that kind of address: "http+unix" or "unix" needs an addition to it (requests_unixsocket), which must be used for this very call.',
    'Use the session object of that addition, or a client that takes a Unix socket (`curl --unix-socket`).',
  ],
  [
    /\bpod has unbound immediate PersistentVolumeClaims?\b/,
    'A claim (PVC) of the pod has no volume yet, and none is made of itself: its storage class is missing or has no provisioner that runs, or no volume fits.',
    '`kubectl get pvc,sc` and `kubectl describe pvc NAME`.',
  ],
  [
    /\brequests? is (?:already )?(?:being processed|in progress)\b|\ban operation with the given (?:Volume|volume|Snapshot|PVC)\b.{0,80}\balready exists\b/,
    'An earlier request for the same thing still runs, and the same is refused meanwhile; the caller asks again of itself. Where that does not end, the earlier one hangs.',
    'Look in the log of the driver (CSI) for the first request with that id.',
  ],
  [
    /\bstopped posting node status\b|\bNodeNotReady\b|\bNodeStatusUnknown\b/,
    'The control plane has heard nothing from the kubelet of that node: it or its runtime hangs or ended, the node is down, or the network between them is.',
    '`systemctl status kubelet containerd` and `journalctl -u kubelet` on the node.',
  ],
  [
    /\brejected by `?reject`? rule\b|\bDenied by policy: rejected\b|\bSource image rejected\b/,
    'The policy for signatures of images (policy.json of the containers libraries, or of the guest) does not accept this image: no rule allows its registry, or its signature is missing or by another key.',
    'Compare the rule for that registry in the policy with the way the image is signed.',
  ],
  [
    /\b(?:garbage collect|ImageGCFailed|FreeDiskSpaceFailed)\b/,
    'The disk of the node is filling up, and the kubelet found no images that it may remove: something else takes the room (logs, volumes, images in use).',
    '`df -h`, `crictl images` and `sudo du -xh --max-depth=2 /var/lib` on the node.',
  ],
  [
    /(?:\/dev\/ptmx|\/dev\/pts\/\S{1,12}|\bpty|\btty)\b.{0,40}\binput\/output error\b|\b(?:pty|tty|ptmx)\b.{0,40}\bEIO\b/i,
    'The other end of the terminal is closed (EIO): the program that held it, as a rule the VMM, has ended.',
    'Look why that program ended; this line only follows from it.',
  ],
  [
    /\bfailed to load plugin\b.{0,160}\b(?:devmapper not configured|must be a btrfs filesystem|must be a zfs filesystem|no such file or directory)/,
    'containerd goes on without that plug-in, which is usual for those that are not set up on the node (devmapper, btrfs, zfs). It matters only where a runtime asks for it.',
    '`sudo ctr plugins ls` shows which are ready ("ok"), skipped, or in error.',
  ],
  [
    /\bplugin exited before we could connect\b|\b(?:failed to (?:initialize|launch|start)|error initializing) (?:driver |external )?plugin\b|\bUnrecognized remote plugin message\b/i,
    'A plug-in that is a program of its own (Nomad, Terraform, Packer) ended at once or did not greet: it is for another architecture, not executable, of another version of the protocol, or printed an error.',
    'Run the file of the plug-in by hand, and `file PATH` of it.',
  ],
  [
    /\bcan't be attached to another\b|\bMulti-Attach error\b|\balready exclusively attached to one node\b/,
    'The volume may be used on one node at a time (ReadWriteOnce), and still belongs to another: the pod there has not ended, or that node is down and the detaching waits.',
    '`kubectl get volumeattachments`, and the pods that use the claim.',
  ],
  [
    /\bSSH authentication failed\b|\bunable to authenticate, attempted methods\b/,
    'The ssh server answered and refused the key or password: the public key is not in authorized_keys of that user, the user is another one, or cloud-init has not set it up yet.',
    '`ssh -v` shows which keys are offered; in the guest /var/log/cloud-init.log and ~USER/.ssh.',
  ],
  [
    /\bduplicate key value violates unique constraint\b|\bUNIQUE constraint failed\b|\bDuplicate entry '.{1,80}' for key\b/,
    'The database has a row with that value already (a name, an id): the record was made before, or two requests made it at once.',
    'Look for that record; an earlier one that was deleted only in part leaves it.',
  ],
  [
    /\bError acquiring the state lock\b|\bstate blob is already locked\b/,
    'Another run of Terraform holds the lock of the state, or one that was broken off left it.',
    'See the lock info below it (who, when); `terraform force-unlock ID` only when that run is surely gone.',
  ],
  [
    /\bdatabase is locked\b|\bSQLITE_BUSY\b/,
    'Another connection writes to the SQLite database and did not finish in time: SQLite has one writer, and a file system without locks (NFS, 9p, virtiofs) makes it worse.',
    '`sudo fuser -v FILE`; set a busy timeout and journal_mode=WAL in the program.',
  ],
  [
    /\bunexpected commit digest\b|\bfailed size validation\b/,
    'The data that came is not what the digest promised: the download was changed or cut off on the way, by a proxy or mirror that caches, or a disk that is full or faulty.',
    'Pull again past the proxy or mirror; remove what was left with `crictl rmi` or `ctr content rm`.',
  ],
  [
    /\bin host name\b|\binvalid URI for request\b|\bfirst path segment in URL cannot contain colon\b|\bunsupported protocol scheme\b|\bmissing protocol scheme\b|\bURL has an invalid label\b|\bInvalid URL '/,
    'The address is no URL that this client takes: the path of a Unix socket cannot stand where the name of a host does. A client needs its own way for it (in Go a DialContext, curl --unix-socket), and the URL then has any name, as in http://localhost/….',
    'Compare the address that was given with what that client documents for Unix sockets.',
  ],
  [
    /\bcouldn't resolve module\/action\b|\bmissing collection, or incorrect module path\b/,
    'Ansible does not know that module: the collection that holds it is not installed where Ansible runs, or the name is misspelt.',
    '`ansible-galaxy collection list`, `ansible-galaxy collection install NAME`.',
  ],
  [
    /\bfailed to resolve reference\b.{0,300}\b(?:denied|authorization|insufficient_scope|not found)\b|\binsufficient_scope\b/,
    'The registry answered: the image or tag does not exist there, or these credentials (or none) may not read it; many registries do not tell the two apart.',
    'Compare the name, and log in where the pull is done (imagePullSecrets, hosts.toml, `nerdctl login`).',
  ],
  [
    /\boverlaps? with (?:other|an existing)\b|\bnon-overlapping IPv4 address pool\b|\bnetworks have overlapping IPv4\b/,
    'The ranges of networks on that host overlap, or no free one is left of those that the tool may take: networks that nobody uses any more hold them.',
    '`docker network ls` and `docker network prune`; `ip route` shows what the host uses; give a range of your own (--subnet).',
  ],
  [
    /\bcannot re-use a name that is still in use\b/,
    'Helm has a release of that name already, perhaps one whose installation failed.',
    '`helm list -A -a`; `helm upgrade --install`, or `helm uninstall NAME` first.',
  ],
  [
    /\bcannot set limits without cgroups\b|\bcgroups? (?:is|are) not (?:enabled|available|mounted|delegated)\b/,
    'The runtime may not make cgroups there (rootless without a session of systemd, --cgroups=disabled, a container), and limits of CPU, memory or pids need one.',
    'Take the limits away, or run it where cgroups are delegated (`systemd-run --user --scope -p Delegate=yes`).',
  ],
  [
    /\battempt to write a readonly database\b|\breadonly database\b/,
    'The database file, or the directory that SQLite writes its journal to, may not be written by this user, or its file system is read-only.',
    '`namei -l FILE`, `findmnt -T FILE`.',
  ],
  [
    /\b(?:context )?deadline exceeded\b|\bDeadline[ _]?Exceeded\b|\bClient\.Timeout exceeded\b|\b(?:time|timeout) (?:limit )?(?:was )?exceeded\b/i,
    'It took too long: the caller stopped waiting before an answer came. Whether the work behind it still goes on, this does not tell.',
    'Look at what the side that was asked printed at that time.',
  ],
  [
    /\bcontext cancell?ed\b|\boperation was cancell?ed\b|\bcode = Canceled\b|\bStatusCode\.CANCELLED\b/i,
    'The caller gave the call up before it was done: it ran into a limit of time of its own, was stopped, or its connection closed. The line is a consequence, as a rule.',
    'Look at the caller (kubelet, containerd, the client) for what it did just before.',
  ],
  [
    /\b(?:already started|already exited|already stopped|already finished|has already been (?:started|stopped|deleted|closed))\b/i,
    'It is in that state already: the same step was asked for twice, or another caller did it meanwhile.',
    'See its state first, and who else works on it.',
  ],
]
