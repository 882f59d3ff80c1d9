/** What curl, wget and aria2 say while they fetch an image or a program, and sha256sum and gpg while they check it. */
import type { Cause } from '../../cause.ts'
import { isAlone } from '../remarks.ts'

const curl = 'https://everything.curl.dev/cmdline/exitcode.html'

export const downloads: readonly Cause[] = [
  {
    id: 'download-host-unknown',
    line: [
      /^curl: \((?:5|6)\) (?:Could not resolve (?:host|proxy): ?(?<host>\S{1,120}))?/,
      /^wget: unable to resolve host address [‘'"]?(?<host>[^’'"\s]{1,120})/,
      /^wget: bad address '(?<host>[^']{1,120})'/,
      /fatal: unable to access '[^']{1,160}': Could not resolve host(?:: (?<host>\S{1,120}))?/,
    ],
    needs: ({ says }) => !says(/--unix-socket|http:\/\/localhost/),
    what: 'The name {host|of the server} could not be resolved: no name server answered, or the name does not exist.',
    why: 'No network or name server on that machine (in a container or build often /etc/resolv.conf), a proxy that has to be asked in place of it, or a misspelt name.',
    hint: '`getent hosts NAME`, `resolvectl status` or `cat /etc/resolv.conf`, `ping -c1 9.9.9.9`; behind a proxy set https_proxy (docker: --build-arg https_proxy=…).',
    reference: curl,
    confidence: 'likely',
  },
  {
    id: 'download-refused-by-status',
    line: [
      /^curl: \(22\) The requested URL returned error: (?<status>[45]\d\d)(?<words>.{0,60})/,
      /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?ERROR (?<status>[45]\d\d): (?<words>[^.]{1,60})/,
      /^wget: server returned error: HTTP\/\S{1,4} (?<status>[45]\d\d)(?<words>.{0,60})/,
      /errorCode=(?:3|22|24) (?:URI=\S{1,200})?.{0,60}(?<words>Resource not found|status=\d{3}|Authorization failed)?/,
    ],
    what: 'The server refused the download ({status|see the line} {words|}).',
    why: '404 is an address that is not there: a release or file name that does not exist (any more); images of distributions move or end. 401 and 403 are a login, a limit (GitHub without a token) or a proxy; 429 too many requests; 5xx the server.',
    hint: 'Open the directory above the file in a browser or with `curl -sIL ADDRESS`; take the address from the list of releases; with -f curl stores no error pages. 403 and 429 of GitHub: wait or give a token.',
    reference: curl,
    confidence: 'likely',
  },
  {
    id: 'download-certificate-untrusted',
    line: [
      /^curl: \((?:60|77)\) (?<words>.{1,160})/,
      /ERROR: (?:cannot verify \S{1,120}'s certificate|The certificate of [‘'"]?\S{1,120}[’'"]? (?:has expired|is not trusted|hasn't got a known issuer|is not yet activated))/,
      /server certificate verification failed\. CAfile/,
      /Peer's certificate issuer has been marked as not trusted|unable to get (?:local )?issuer certificate/,
    ],
    what: 'The certificate of the server was not accepted, so nothing was fetched.',
    why: 'In the order of frequency: the machine or container lacks the package ca-certificates (or its file: error 77), a proxy of the company puts its own certificate in, the clock is wrong, or the certificate has really expired or is for another name.',
    hint: 'Install ca-certificates and run `sudo update-ca-certificates` (Fedora: update-ca-trust), see `date`; put the certificate of the proxy into /usr/local/share/ca-certificates. Do not switch the verification off for programs and images.',
    reference: 'https://curl.se/docs/sslcerts.html',
    confidence: 'likely',
  },
  {
    id: 'download-no-connection',
    line: [
      /^curl: \((?:7|28)\) (?<words>.{1,160})/,
      /^(?:wget: can't connect to remote host|failed: (?:Connection (?:refused|timed out)|No route to host|Network is unreachable))(?<words>.{0,100})/,
    ],
    needs: ({ says }) =>
      !says(
        /--unix-socket|https?:\/\/(?:localhost|127\.|192\.168\.|10\.|172\.(?:1[6-9]|2\d|3[01])\.|\[)|(?:connect to|port).{0,40}(?:localhost|127\.0|192\.168\.|172\.|10\.\d)/,
      ),
    what: 'No connection to the server was made: {words|}.',
    why: 'Refused: nothing listens there (often a proxy that is set and does not run). A time-out: a firewall, a route, or IPv6 that leads nowhere.',
    hint: '`env | grep -i proxy`, `curl -v ADDRESS`, `curl -4`; see the firewall and `ip route`.',
    reference: curl,
    confidence: 'likely',
  },
  {
    id: 'download-proxy-refused',
    line: [
      /^curl: \((?:56|97)\) .{0,60}(?:HTTP code (?<status>40[37]|50\d) from proxy)/,
      /Proxy tunneling failed: (?<status>.{1,80})/,
      /CONNECT tunnel failed, response (?<status>\d{3})/,
    ],
    what: 'The proxy did not let the connection through ({status|see the line}).',
    why: '407: it wants a user and password; 403: the address is not allowed there; 502 to 504: it does not reach the server.',
    hint: '`https_proxy=http://USER:PASSWORD@PROXY:PORT` (special characters as %XX); no_proxy for addresses that need none; ask who runs the proxy.',
    reference: curl,
    confidence: 'likely',
  },
  {
    id: 'download-not-written',
    line: [
      /^curl: \(23\) (?<words>.{1,160})/,
      /^(?:wget: )?Cannot write to [‘'"]?(?<words>[^’'"]{1,160})/,
      /^(?<words>\S{1,160}: (?:Permission denied|No space left on device|Read-only file system))\s+Cannot write to/,
    ],
    what: 'What was fetched could not be written: {words|see the line}.',
    why: 'The disk is full, the file or directory belongs to another user (an earlier run with sudo), is read-only, or the program behind the pipe ended early (`curl … | head`, tar that stopped).',
    hint: '`df -h .`, `ls -ld "$PWD" FILE`; in a pipe read the message of the program behind it.',
    check: 'disk-space',
    reference: curl,
    confidence: 'likely',
  },
  {
    id: 'download-broken-off',
    line: [
      /^curl: \((?:16|18|56|92)\) (?<words>(?:Error in the HTTP2|transfer closed|end of response|Recv failure|OpenSSL SSL_read|GnuTLS recv|HTTP\/2 stream|Connection (?:died|reset)).{0,160})/,
      /Read error at byte \d+(?:\/\d+)? \((?<words>.{1,60})\)/,
      /errorCode=(?:2|5|6|19|29)\b/,
    ],
    what: 'The download broke off in the middle: what was stored is incomplete.',
    why: 'The server, a proxy or the network closed the connection; HTTP/2 and some proxies do not agree.',
    hint: 'Continue it (`curl -fLO -C - ADDRESS`, `wget -c`), `--retry 5`, `--http1.1` for errors of HTTP/2; compare the checksum afterwards.',
    reference: curl,
    confidence: 'likely',
  },
  {
    id: 'download-tls-mismatch',
    line: [
      /^curl: \(35\) (?<words>.{1,160})/,
      /wrong version number.{0,40}$/,
      /Unable to establish SSL connection/,
    ],
    needs: ({ text, says }) => /^curl/.test(text) || says(/curl|wget|https:/),
    what: 'The TLS connection was not set up: {words|the answer was none of TLS}.',
    why: '"wrong version number": the other side speaks plain HTTP (https:// in the address of a proxy, or the wrong port). A reset or alert: a proxy or firewall that stops it, or an old client without newer TLS.',
    hint: 'https_proxy mostly must begin with http://; compare `curl -v` with and without the proxy; update curl and OpenSSL on old systems.',
    reference: curl,
    confidence: 'likely',
  },
  {
    id: 'download-address-malformed',
    line: [
      /^curl: \((?:1|3)\) (?<words>.{1,120})/,
      /^wget: (?<words>(?:not an http or ftp url|missing URL|bad port)\b.{0,160})/,
      /Scheme missing\.$/,
    ],
    what: 'The address is not one that the program can fetch: {words|see the line}.',
    why: 'A variable in it is empty, a space or a line end (CRLF) is in it, the quotes are missing around & and ?, or this build of the program has no https (wget of BusyBox).',
    hint: '`echo "$URL" | cat -A` shows it; put it in quotes; with BusyBox install curl or wget.',
    reference: curl,
    confidence: 'likely',
  },
  {
    id: 'checksum-does-not-match',
    line: [/^(?<file>[\w.+~-][^:]{0,160}): FAILED$/, /computed checksums? did NOT match/],
    needs: ({ text, says }) =>
      /: FAILED$|did NOT/.test(text) &&
      (/\.(?:img|iso|raw|qcow2|vmdk|[gx]z|zst|bz2|tar|tgz|zip|deb|rpm|bin|fd|whl|run|efi): FAILED$/.test(
        text,
      ) ||
        says(/sha\d{1,3}sum|md5sum|b2sum|SHA\d{1,3}SUMS|computed checksum/)),
    what: 'The checksum of {file|a downloaded file} is not the one in the list.',
    why: 'The download is incomplete or an error page, the list is of another release ("daily" and "current" images are replaced), or the file was changed since (a VM started from it).',
    hint: 'Fetch file and list again at the same time; `ls -l` and `file` tell an error page. Do not use a file that does not match.',
    reference: 'https://man7.org/linux/man-pages/man1/sha256sum.1.html',
    confidence: 'likely',
  },
  {
    id: 'checksum-file-missing',
    line: [
      /^sha\d{3}sum: (?<file>.{1,160}): No such file or directory/,
      /^(?<file>.{1,160}): FAILED open or read$/,
      /^sha\d{3}sum: (?<file>.{1,120}): no properly formatted .{1,20} ?checksum lines found/,
    ],
    what: 'The checksum could not be compared: {file|the file} is not there, or the list has no lines of its form.',
    why: 'The list names other files of the release, too; the file was stored under another name or elsewhere; or the list is an error page or has the hash only.',
    hint: '`sha256sum -c --ignore-missing SHA256SUMS` in the directory of the file; `head SHA256SUMS`; a hash alone: `echo "HASH  FILE" | sha256sum -c` (two spaces).',
    reference: 'https://man7.org/linux/man-pages/man1/sha256sum.1.html',
    confidence: 'likely',
  },
  {
    id: 'signature-key-missing',
    line: [/gpg: Can't check signature: (?:No public key|public key not found)/],
    what: 'gpg cannot check the signature, because it does not have the key that made it.',
    why: 'The key of the distribution or author must be fetched once; the line above names its id.',
    hint: '`gpg --keyserver hkps://keyserver.ubuntu.com --recv-keys ID` (the id after "using RSA key"), compare its fingerprint with the page of the project, then verify again.',
    reference: 'https://www.gnupg.org/gph/en/manual.html',
    confidence: 'likely',
  },
  {
    id: 'signature-bad',
    line: [/gpg: BAD signature from/],
    what: 'The signature does not belong to this file: it was changed, is incomplete, or is of another release.',
    why: 'File and signature were fetched at different times, or the signature is that of the list of checksums and not of the image.',
    hint: 'Fetch both again; verify the pair that belongs together (`gpg --verify SHA256SUMS.gpg SHA256SUMS`). Do not use the file while it does not match.',
    reference: 'https://www.gnupg.org/gph/en/manual.html',
    confidence: 'likely',
  },
  {
    id: 'signature-key-untrusted',
    severity: 'note',
    line: [/gpg: WARNING: This key is not certified with a trusted signature/],
    needs: isAlone('^gpg: '),
    what: 'gpg found the signature good, and remarks that it does not know whether the key belongs to its owner.',
    why: 'Nobody whom you trust has signed that key on this machine: it is normal for keys of distributions.',
    hint: 'Compare the fingerprint that gpg prints with the one on the page of the project.',
    reference: 'https://www.gnupg.org/gph/en/manual.html',
    confidence: 'likely',
  },
  {
    id: 'keyserver-failed',
    line: [
      /gpg: keyserver (?:receive|search) failed: (?<words>.{1,60})/,
      /gpg: (?:no valid OpenPGP data|error (?:running|connecting) .{0,40}dirmngr).{0,60}/,
    ],
    what: 'gpg got no key from the key server: {words|see the message}.',
    why: 'The server is away or slow, port 11371 or DNS is blocked (use hkps on 443), dirmngr is not installed, or the key is not there.',
    hint: '`gpg --keyserver hkps://keyserver.ubuntu.com --recv-keys ID`; or fetch the key as a file from the page of the project (`curl -fsSL URL | gpg --import`). Package dirmngr.',
    reference: 'https://www.gnupg.org/documentation/manuals/gnupg/Invoking-DIRMNGR.html',
    confidence: 'likely',
  },
]
