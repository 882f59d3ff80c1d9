/** Words of services that programs talk to: HTTP, gRPC, databases. */
import type { Terms } from './term.ts'

/** A more particular one stands first. */
export const serviceTerms: Terms = [
  [
    /\bhyper::Error\((?:IncompleteMessage|ChannelClosed)\)|\bconnection closed before message completed\b|\bIncompleteMessage\b/,
    'hyper (Rust) says IncompleteMessage where the server closed the connection before its answer was whole: it ended or crashed during the request, or a kept-alive connection had just been closed; a request without effects may be sent again.',
  ],
  [
    /\bhyper::Error\(Parse\(|\binvalid HTTP (?:version|status-code|header) parsed\b/,
    'hyper (Rust) received something that is no HTTP/1 answer: another protocol on that socket or port (gRPC, TLS, vsock\'s "OK PORT"), or bytes left from an earlier answer.',
  ],
  [
    /\bhttp2: server sent GOAWAY\b|\bGOAWAY\b.{0,60}\bNO_ERROR\b/,
    'GOAWAY is how an HTTP/2 server ends a connection: with NO_ERROR in order (it restarts, or the connection is old), and the client is to send the request again over a new one; another code names what the server did not like.',
  ],
  [
    /\b502 Bad Gateway\b|\bupstream connect error or disconnect\/reset before headers\b|\bno live upstreams\b|\bupstream prematurely closed\b/,
    'A proxy (nginx, Envoy, a load balancer) answers in place of the service behind it, which it did not reach or which closed the connection: look at that service and its log, and at the address that the proxy has for it.',
  ],
  [
    /\breceived message larger than max\b|\bmessage larger than max\b/,
    'gRPC takes messages of up to 4 MiB unless it is told otherwise: the receiving side must be given a higher limit (MaxCallRecvMsgSize, max_receive_message_length), or the answer be asked for in pieces.',
  ],
  [
    /\bunknown method \w{1,80} for service [\w.]{1,80}|\bcode = Unimplemented desc = unknown (?:method|service)\b/,
    'gRPC answers Unimplemented where the server does not have that method or service: client and server are of different versions, or the address leads to another program.',
  ],
  [
    /\bdeadlock detected\b.{0,20}\bSQLSTATE\b|\bSQLSTATE 40(?:P01|001)\b|\bcould not serialize access due to\b/,
    'Two transactions of the database waited for each other (40P01) or changed the same rows (40001), and one was broken off: the program is to run that transaction again; taking locks in the same order avoids it.',
  ],
  [
    /\bmvcc: database space exceeded\b|\balarm:NOSPACE\b/,
    'etcd reached its quota (2 GiB unless --quota-backend-bytes says more) and takes no writes until it is compacted, defragmented (`etcdctl defrag`) and its alarm taken back (`etcdctl alarm disarm`).',
  ],
  [
    /\betcdserver: (?:request timed out|leader changed|no leader|too many requests)\b|\bapply request took too long\b/,
    'etcd answers slowly or has no leader: as a rule its disk is too slow for its log (fsync), or members do not reach each other; it wants a disk of its own, and its log names the slow requests.',
  ],
  [
    /\bDirty database version \d{1,12}\b/,
    'A migration of the database (golang-migrate) broke off in the middle, and no further one is done: put the schema right by hand, then set the version that it really has (`migrate force VERSION`).',
  ],
  [
    /\bthe database system is (?:starting up|shutting down|in recovery mode)\b/,
    'PostgreSQL runs and takes no connections yet (or any more): after a start it reads its log, after a crash that may take minutes; the program must try again.',
  ],
  [
    /\brelation "[\w.]{1,80}" does not exist\b|\bno such table: \w{1,60}|\bTable '[\w.]{1,120}' doesn't exist\b/,
    'The table is not in that database or schema: the migrations of the program were not run, ran against another database, or belong to another version.',
  ],
  [
    /\bprivate key does not match public key\b|\bkey values mismatch\b/,
    'Certificate and key are not a pair: one of the files was made anew without the other, or the first certificate in a chain is not that of the server; compare `openssl x509 -noout -pubkey -in CERT` with `openssl pkey -pubout -in KEY`.',
  ],
  [
    /\bresponse body doesn't match schema\b|\brequest body has an error\b|\bdoesn't match schema\b/,
    'A validator of OpenAPI compared the data with the description of the API and found a value of another type or form; the path in quotes is where. Either the sender is wrong, or the description is of another release.',
  ],
  [
    /\b\d{1,12} validation errors? for \w{1,60}\b|\bpydantic_core\b/,
    'pydantic (Python) checks data against a model: the line below names the field and what is wrong with it ("Field required": it is missing there); often the data is of another version than the model.',
  ],
]
