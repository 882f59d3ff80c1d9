/** What test suites and pipelines of Cloud Hypervisor print: a test that failed is no failure of a VM that one runs. */
import { type Cause, doc } from '../../cause.ts'
import type { Evidence } from '../../evidence.ts'

const testing =
  'https://github.com/cloud-hypervisor/cloud-hypervisor/blob/v53.0/scripts/run_integration_tests_x86_64.sh'

const isOurs = ({ says }: Evidence): boolean =>
  says(
    /cloud-?hypervisor|test_infra|ssh command out|tests\/integration|dev_cli|vmm\/src|virtio-devices|hypervisor\/src|common_(?:parallel|sequential)|ch-remote|performance-metrics|run_integration_tests|WaitForBoot|parsing guest boot/i,
  )

export const suites: readonly Cause[] = [
  {
    id: 'test-guest-silent',
    line: [
      /(?:timed out waiting for boot|WaitForBoot|EpollWaitTimeout|Error parsing guest boot)/,
      /SSH command failed|(?:SshCommand|Ssh)\w*Error.{0,80}|Connection\(Os \{ code: 1(?:10|11|13)/,
      /(?:WaitForSsh|wait_vm_boot|wait_for_ssh).{0,120}/,
    ],
    needs: (evidence) => isOurs(evidence) && !evidence.says(/error="WrongGuest/),
    what: 'An integration test waited for its guest, which did not boot or did not answer over ssh in time.',
    why: 'The guest was too slow (a busy or nested machine), its image or kernel of the workloads is missing or of another time, or its network (TAP, masquerade, addresses 192.168.N) is taken by something else on that machine. The panic of the test only says that it gave up.',
    hint: 'Read "child stdout" and "child stderr" of that test for what Cloud Hypervisor and the guest printed; run that test alone (`scripts/dev_cli.sh tests --integration -- --test-filter NAME`) on a machine that is otherwise idle.',
    reference: testing,
    confidence: 'likely',
  },
  {
    id: 'test-guest-message',
    line: [/error="WrongGuest(?:Msg|Addr)"/],
    what: 'An integration test got another message from its guest than it waits for (an empty one, or from another address): the guest did boot and connect.',
    why: 'The guest reports over TCP that it is up. The test reads once, and what came was not complete, or came from the guest of another test.',
    hint: 'Run that test alone (`scripts/dev_cli.sh tests --integration -- --test-filter NAME`); where it fails only now and then, it is the test.',
    reference: testing,
    confidence: 'likely',
  },
  {
    id: 'test-command-failed',
    line: [/^error="NonZeroExitStatus\((?<code>\d{1,3})\)"/],
    needs: isOurs,
    what: 'An integration test ran a command in its guest over ssh, and that command ended with {code|another status than 0}: guest and ssh worked.',
    why: 'What the command itself said is not in the log (output=""). The line command= names it: mount with 32 found no such file system on the device, or met I/O errors (a backend); cat and test with 1 a file that is not there, such as one of a driver that the kernel of the guest does not have.',
    hint: 'Run that command in such a guest by hand, and read `dmesg` there; the output of the VMM stands between "Start child stdout" and "End child stderr".',
    reference: testing,
    confidence: 'likely',
  },
  {
    id: 'test-failed',
    patterns: [
      [
        /panicked at .{0,20}(?:(?:cloud-hypervisor\/)?tests\/(?:integration|common)\S{0,40}|test_infra\/src\/\S{1,30}|performance-metrics\/src\/\S{1,30})/,
      ],
    ],
    line: [
      /^(?:thread '(?:common_(?:parallel|sequential)|\w{1,40})::(?<test>test_\w{1,80})' |==== Start child stdout ====|test (?<test2>\S{1,120}) \.\.\. FAILED$)/,
      /^test result: FAILED\. .{1,100}/,
      /Failed to find image \S{1,200}\/workloads\//,
    ],
    needs: isOurs,
    what: 'A test of the suite of Cloud Hypervisor failed {test|}{test2|}: an assertion of the test, not the VMM itself, stopped there ({said|see the message}).',
    why: 'The line names the assertion, and not why it did not hold: a program that the test needs did not start or answer (its own output tells), what it reads was not written yet, or the VMM did something else. What the VMM and the guest said stands between "Start child stdout" and "End child stderr". Two numbers that differ (left, right) are mostly sizes or counts: a file that two tests share, or that has not grown yet. Missing workloads (images, kernels under ~/workloads), too few huge pages or too little memory, a machine that is too slow, and tests that influence each other are usual besides real defects.',
    hint: 'Read the output of the child, give it to `chv-doctor explain`, and run the test alone: `scripts/dev_cli.sh tests --integration -- --test-filter NAME`; compare main without your change.',
    reference: testing,
    confidence: 'likely',
  },
  {
    id: 'lint-failed',
    line: [
      /`-D (?:clippy::)?(?<lint>[\w-]{2,60})` implied by `-D warnings`/,
      /^Diff in \S{1,200}\.rs/,
      /^\d+: (?:CT1|T\d|B\d|UC\d|TC\d) .{1,120}/,
      /cargo (?:fmt|clippy|deny|audit) .{0,60}(?:failed|exit(?:ed)? (?:code|status))/i,
    ],
    needs: isOurs,
    what: 'A check of the style of the sources failed (clippy, rustfmt or gitlint {lint|}): the program itself builds.',
    why: 'Warnings count as errors there (`-D warnings`). A newer toolchain knows more lints than the sources were written for, so an unchanged tree can fail, too.',
    hint: 'Run the same command (`cargo clippy --locked --all --all-targets -- -D warnings`, `cargo +nightly fmt --all`), with the toolchain of the project; to build and run nothing need be changed.',
    reference: doc('building.md'),
    confidence: 'likely',
  },
  {
    id: 'pipeline-ended',
    line: [
      /The runner has received a shutdown signal/,
      /ERROR: script returned exit code (?<code>\d{1,3})/,
      /^Error: Process completed with exit code (?<code>\d{1,3})\.?/,
      /The (?:operation was canceled|job running on runner .{1,80} has exceeded)/,
      /^Finished: (?:FAILURE|ABORTED)$/,
      /##\[error\].{1,160}/,
    ],
    what: 'The pipeline (CI) reports that a step ended {code|}, and not why.',
    why: 'A shutdown signal is the machine of the runner that was taken away or ran out of memory; code 101 is a panic of a Rust program (mostly a failed test), 137 a kill (memory), 143 a stop from outside, 124 a time limit.',
    hint: 'Read the log of that step above this line from the first error on, and run the step again; give what stands there to `chv-doctor explain`.',
    reference: testing,
    confidence: 'likely',
  },
  {
    id: 'fuzzer-finding',
    line: [
      /SUMMARY: (?:libFuzzer|AddressSanitizer): (?<words>.{1,120})/,
      /ERROR: (?:AddressSanitizer|libFuzzer): (?<words>.{1,120})/,
    ],
    needs: ({ says }) => says(/fuzz/i),
    what: 'A fuzzer stopped at an input: {words|see the message}.',
    why: 'It is a defect (or a limit of memory or time of the fuzzer itself) that a made input reaches; it does not happen in ordinary use. "out-of-memory" and "timeout" are often the limits of the fuzzer.',
    hint: 'Run that input alone (`cargo fuzz run TARGET FILE`), raise `-rss_limit_mb` or `-timeout` where it is the limit, and report a real finding with the input, if it concerns safety privately.',
    reference: 'https://github.com/cloud-hypervisor/cloud-hypervisor/blob/v53.0/SECURITY.md',
    confidence: 'likely',
  },
]
