/** What cargo says of git dependencies, lock files, registries and its own directory. */
import type { Cause } from '../../cause.ts'

const cargo = 'https://doc.rust-lang.org/cargo/'

export const cargoSteps: readonly Cause[] = [
  {
    id: 'cargo-git-authentication',
    line: [
      /failed to authenticate when downloading repository/,
      /attempted (?:ssh-agent authentication|to find username\/password via git)/,
    ],
    what: 'cargo could not log in at the git repository of a dependency.',
    why: 'The repository is private or its address is wrong, and the git library of cargo found neither a key in an ssh-agent nor a stored password. A container of the build has none of them.',
    hint: 'Let cargo call the tool git, with its settings: `CARGO_NET_GIT_FETCH_WITH_CLI=true cargo fetch` (net.git-fetch-with-cli); start an ssh-agent and `ssh-add` the key, or set up a credential helper; in docker: `RUN --mount=type=ssh`.',
    reference: `${cargo}appendix/git-authentication.html`,
    confidence: 'likely',
  },
  {
    id: 'cargo-git-revision-gone',
    line: [
      /revspec '(?<revision>[^']{1,80})' not found/,
      /object not found - no match for id \((?<revision>[0-9a-f]{7,40})/,
      /failed to find (?:branch|tag) `(?<revision>[^`]{1,80})`/,
    ],
    what: 'The git repository of a dependency has no such revision, branch or tag: {revision|see the message}.',
    why: 'The name is misspelt, the branch was removed or pushed over (the commit is gone), or a copy of the repository in the cache is old.',
    hint: 'Compare with `git ls-remote URL`; name a revision that is there in Cargo.toml and run `cargo update -p CRATE`.',
    reference: `${cargo}reference/specifying-dependencies.html#specifying-dependencies-from-git-repositories`,
    confidence: 'likely',
  },
  {
    id: 'cargo-lock-outdated',
    line: [
      /lock file \S{1,160} needs to be updated but --(?:locked|frozen) was passed/,
      /cannot (?:update|create) the lock file \S{1,160} because --(?:locked|frozen) was passed/,
    ],
    what: 'Cargo.lock does not fit Cargo.toml, and --locked forbids to change it.',
    why: 'A version or dependency was changed without the lock file, the checkout mixes two states, Cargo.lock is missing, or another release of cargo would write it in another form.',
    hint: 'Restore both files with git (`git status`, `git checkout -- Cargo.lock Cargo.toml`); where the change is meant, run `cargo update --workspace` once and commit the lock file.',
    reference: `${cargo}guide/cargo-toml-vs-cargo-lock.html`,
    confidence: 'likely',
  },
  {
    id: 'cargo-vendor-changed',
    line: [/the listed checksum of `(?<file>[^`]{1,200})` has changed/],
    what: 'A file of the vendored sources is not the one that its checksum was made of: {file|see the message}.',
    why: 'A patch, a change of line ends by git (autocrlf) or a .gitignore that left files out; cargo does not build vendored sources that were changed.',
    hint: 'Restore the directory (`git checkout -- vendor`, or `cargo vendor` again); a change that is meant belongs into [patch] of Cargo.toml.',
    reference: `${cargo}commands/cargo-vendor.html`,
    confidence: 'likely',
  },
  {
    id: 'cargo-offline',
    line: [
      /attempting to make an HTTP request, but --(?:offline|frozen) was specified/,
      /can't checkout from '[^']{1,160}': you are in the offline mode/,
      /perhaps you (?:meant|want) .{0,40}--offline|need to .{0,30}without the --offline flag/i,
    ],
    what: 'cargo was told to stay offline, and a crate that it needs is not in the cache of this machine.',
    why: 'net.offline, --offline or --frozen forbid the network: everything must have been fetched (same lock file, same CARGO_HOME and user) or vendored before.',
    hint: '`cargo fetch --locked` with the network once, or `cargo vendor` and the [source] section that it prints in .cargo/config.toml.',
    reference: `${cargo}commands/cargo-fetch.html`,
    confidence: 'likely',
  },
  {
    id: 'cargo-version-yanked',
    line: [/^\s*version (?<version>[\d.]{1,20}\S{0,20}) is yanked/],
    what: 'The version {version|} of a crate that is asked for was withdrawn (yanked), so cargo does not choose it anew.',
    why: 'Only a Cargo.lock that names it already may use it: the lock file is missing, was removed, or does not count (`cargo install` without --locked).',
    hint: 'Use the Cargo.lock of the project (`cargo build --locked`, `cargo install --locked`), or ask for a newer version of what depends on it.',
    reference: `${cargo}commands/cargo-yank.html`,
    confidence: 'likely',
  },
  {
    id: 'cargo-directory-of-root',
    line: [
      /\/\.(?:cargo|rustup)\/\S{1,200}.{0,60}Permission denied/,
      /failed to (?:open|create|remove|rename|write|unpack)\b.{0,40}\/\.(?:cargo|rustup)\//,
      /could not (?:create temp|write|remove|rename) .{0,200}\/\.rustup\/.{0,100}(?:Permission denied|os error 13)/,
    ],
    needs: ({ says }) => says(/Permission denied|os error 13/),
    what: 'cargo or rustup may not write into its own directory (~/.cargo, ~/.rustup).',
    why: 'Files there belong to root, mostly after `sudo cargo` or `sudo make`; or a container runs with another user than the owner of the mounted directory.',
    hint: '`ls -ld ~/.cargo ~/.rustup`; give them back (`sudo chown -R "$USER" ~/.cargo ~/.rustup`) and build without sudo; in a container set CARGO_HOME to a directory of that user.',
    reference: `${cargo}guide/cargo-home.html`,
    confidence: 'likely',
  },
  {
    id: 'cargo-registry-unreachable',
    line: [
      /spurious network error .{0,60}\[(?:6|7|28|35|56)\] (?<words>.{1,160})/,
      /spurious network error .{0,60}(?<words>(?:failed to resolve|failed to connect|timed out|timeout).{0,120})/i,
      /error: download of (?:config\.json|\S{1,80}) failed/,
    ],
    what: 'cargo does not reach the registry of crates over the network: {words|see the lines around it}.',
    why: 'No network or name server in the container or sandbox of the build, a firewall, or a proxy that cargo was not told of.',
    hint: '`curl -I https://index.crates.io/config.json` at that place; set HTTPS_PROXY or http.proxy in ~/.cargo/config.toml; without a network: `cargo vendor` beforehand.',
    reference: `${cargo}reference/config.html#httpproxy`,
    confidence: 'likely',
  },
]
