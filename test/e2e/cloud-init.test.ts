import { describe, expect, it } from 'vitest'
import { onDisposableHost, section, whyNoDisposableHost } from '../helpers/disposable-host.ts'
import { because } from '../helpers/needs.ts'
import { schemaCases } from '../helpers/schema-cases.ts'
import { prelude } from './scripts.ts'

const title = 'what the real cloud-init makes of a seed'
const data = '/root/.local/share/chv-doctor'

// The disposable host plays the guest: an interface with the guest's MAC, the files from the image
// where NoCloud also looks for them, and the stages that a boot runs.
const guest = `
fits() {
  getent shadow cloud | cut -d: -f2 > /root/hash
  perl -e 'open F, "/root/hash"; chomp($h = <F>); print crypt($ARGV[0], $h) eq $h ? "fits\\n" : "does not fit\\n"' "$1"
}
prepare() { apt-get install --yes -qq --no-install-recommends cloud-init openssh-server >/dev/null 2>&1; }
unpack() { rm -rf /var/lib/cloud/seed/nocloud; mkdir -p /var/lib/cloud/seed/nocloud; mcopy -n -i ${data}/cloud-init.img '::*' /var/lib/cloud/seed/nocloud/; }
boot() {
  rm -rf /run/cloud-init /var/log/cloud-init.log
  printf 'datasource_list: [NoCloud]\\n' > /etc/cloud/cloud.cfg.d/90-test.cfg
  cloud-init init --local >/dev/null 2>&1 || true
  cloud-init init >/dev/null 2>&1 || true
  cloud-init modules --mode=config >/dev/null 2>&1 || true
}
`

// Its own validation, as a boot runs it, of each of the cases.
const validate = `
import json, logging, yaml
from cloudinit.config.schema import SchemaValidationError, get_schema, validate_cloudconfig_schema
logging.disable(logging.CRITICAL)
def fits(text):
    try:
        validate_cloudconfig_schema(yaml.safe_load(text), schema=get_schema(), strict=True)
        return True
    except SchemaValidationError:
        return False
print(json.dumps([fits(text) for text in json.load(open('/root/cases.json'))]))
`

describe.skipIf(whyNoDisposableHost !== null)(`${title}${because(whyNoDisposableHost)}`, () => {
  it('takes it as valid, makes the user with this password and key, and configures this interface', async () => {
    const { output } = await onDisposableHost(`${prelude()}${guest}
run() {
  export HOME=/root; cd /root; mkdir -p .ssh; echo 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHNlZWQ= sky' > .ssh/id_ed25519.pub
  ip tuntap add dev guest0 mode tap; ip link set guest0 address 12:34:56:78:90:ab
  $D fix --yes create-cloud-init --set 'guest_password=it is: a #secret' >/dev/null 2>&1
  say schema; unpack; cloud-init schema --config-file /var/lib/cloud/seed/nocloud/user-data
  boot; say warnings; grep -E 'WARNING|ERROR|Traceback' /var/log/cloud-init.log || echo none
  cat > /root/cases.json <<'CASES'
${JSON.stringify(schemaCases.map(([text]) => text))}
CASES
  cat > /root/validate.py <<'PYTHON'
${validate}
PYTHON
  say cases; /usr/bin/python3 /root/validate.py
  say user; getent passwd cloud; id -nG cloud; cat /home/cloud/.ssh/authorized_keys; cat /etc/sudoers.d/90-cloud-init-users
  say password; fits 'it is: a #secret'
  say ssh; grep -rhi '^ *PasswordAuthentication' /etc/ssh/sshd_config /etc/ssh/sshd_config.d 2>/dev/null || true
  say network; cat /etc/network/interfaces.d/50-cloud-init* /etc/netplan/50-cloud-init.yaml /etc/systemd/network/*cloud-init*.network 2>/dev/null || true
  say changed; $D fix --yes cloud-init --set guest_password=second >/dev/null 2>&1; unpack; boot; fits second
  say stale; sed -i 's/hashed_passwd: .*/plain_text_passwd: third/' /var/lib/cloud/seed/nocloud/user-data; boot; fits third
}`)
    // Of unstable in November 2026, cloud-init words it otherwise.
    expect(section(output, 'schema')).toMatch(/Valid (?:cloud-config|schema)/)
    expect(section(output, 'warnings').trim()).toBe('none')
    const fits = JSON.parse(section(output, 'cases')) as boolean[]
    expect(schemaCases.map(([text], at) => `${text}: ${fits[at]}`)).toEqual(
      schemaCases.map(([text, what]) => `${text}: ${what === null}`),
    )
    expect(section(output, 'user')).toMatch(
      /^cloud:.*\/bin\/bash\ncloud sudo\nssh-ed25519 .* sky\n[\s\S]*cloud ALL=\(ALL\) NOPASSWD:ALL/,
    )
    expect(section(output, 'password').trim()).toBe('fits')
    expect(section(output, 'ssh')).toBe('PasswordAuthentication no')
    const network = section(output, 'network')
    for (const word of ['12:34:56:78:90:ab', '192.168.249.2/24', '192.168.249.1', '9.9.9.9']) {
      expect(network.toLowerCase()).toContain(word)
    }
    // What the check warns about: other content under the id of before is not looked at.
    expect(section(output, 'changed').trim()).toBe('fits')
    expect(section(output, 'stale').trim()).toBe('does not fit')
  })
})
