/** Bash that the end-to-end scenarios share. */
import { artifacts } from '../helpers/artifacts-place.ts'
import { makeArtifacts, realHypervisor } from './fixtures.ts'

export const port = 8123

/** Functions for the scripts; \`D\` runs the doctor. */
export const prelude = (): string => {
  const config = makeArtifacts(artifacts, `http://127.0.0.1:${port}`)
  return `
D="$NODE $REPO/dist/cli.js"
export DEBIAN_FRONTEND=noninteractive
# What a doctor of this machine's own root left in that home is no part of the test.
rm -rf /root/.local/share/chv-doctor /root/.local/state/chv-doctor
# A host from before: no tools, no hypervisor of its own; the packages wait in apt's cache.
bare() {
  apt-get purge --yes -qq qemu-utils dosfstools mtools acl >/dev/null 2>&1 || true
  apt-get install --yes -qq --download-only --no-install-recommends qemu-utils dosfstools mtools acl >/dev/null
  rm -f "$(command -v cloud-hypervisor || echo /nonexistent)"
}
configure() { mkdir -p "$1/.config/chv-doctor"; cat > "$1/.config/chv-doctor/chv-doctor.yaml" <<'CONFIG'
${config}CONFIG
}
serve() {
  "$NODE" "$REPO/test/e2e/serve.mjs" "$REPO/dist/test-artifacts" ${port} "$@" & SERVER=$!
  for _ in $(seq 50); do (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && return; sleep 0.1; done
  echo "the file server did not start"; exit 1
}
say() { echo "== $1"; }
code() { local rc=0; "$@" || rc=$?; echo "exit code $rc"; }
`
}

/** A visible word about what the real hypervisor would add. */
export const hypervisorNote = realHypervisor
  ? `with the real Cloud Hypervisor`
  : 'WITHOUT the real Cloud Hypervisor: none in PATH, CHV_DOCTOR_TEST_CH not set; its part is skipped'
