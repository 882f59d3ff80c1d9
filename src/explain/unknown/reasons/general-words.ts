/** The words for a reason that programs of every kind use, where neither a status nor an errno stands in the line. */
import type { Words } from './reason.ts'

/** The first that fits. */
export const generalWords: Words = [
  [
    /\bmust (?:be|have|start|end|match|contain)\b.{1,160}\b(?:got|found|but|is|was)\b/i,
    'A value breaks a rule of that program, which the message names: what it takes, and what it was given.',
    'Give a value that keeps to the rule, or change the rule where it is a setting.',
  ],
  [
    /\bnot enough\b|\binsufficient\b|\btoo few\b|\bonly left\b|\b(?:no|out of) (?:more )?(?:space|room|memory|pages?|buffers?|resources?)\b|\bexhausted\b/i,
    'Something that it needs is used up, too small, or was never there in that size.',
    'The message names it: give it more, or ask for less.',
  ],
  [
    /\b(?:is|are) not defined\b|\bundefined (?:variable|name)\b/,
    'A name is used that is not defined: it is misspelt, or a text without its quotes.',
    'The message names it and its place.',
  ],
  [
    /\b(?:found|got|is|was) (?:null|nil)\b|\bcoerce null\b|\bnil pointer\b|\bNoneType\b/,
    'A value is not set where one is needed.',
    'The message or the lines above it name the setting.',
  ],
  [
    /\bsmaller than \d+ bytes\b/,
    'The file is empty or cut off: the step that should have written it did nothing, or a tool for it is missing.',
    '`ls -l FILE`, and the output of that step.',
  ],
  [
    /\b(?:is|are) not (?:alive|running|listening|reachable|responding|up)\b/,
    'The other side does not run or listen, not yet or no longer.',
    'See whether it was started, and its log; at boot it may be a matter of order.',
  ],
  [
    /\bdoes(?: not|n't) (?:currently )?(?:meet|fulfil)\b|\bmust support\b/i,
    'A requirement is not met: the machine lacks what the message names.',
    null,
  ],
  [
    /^no [\w -]{2,40} found\b/i,
    'Something that it needs is not there.',
    'See whether it is there where this program runs: host, container and guest see different things.',
  ],
  [
    /(?:\[127\]|\bError 127\b|\b(?:exit (?:code|status)|status|exited with)[:= ]{1,2}127\b|: command not found$|^[\w.+-]{1,40}: not found$|(?:^|[\s/])(?:ba|da|z|k|a)?sh: (?:(?:line )?\d{1,6}: )?\S{1,120}: not found$)/,
    'A program was not found (127): it is not installed, or its directory is not in the PATH of that process.',
    '`command -v NAME` in the same environment shows it.',
  ],
  [
    /\b(?:in progress|already running|(?<!did )not (?:yet )?(?:ready|finished|complete)|try again later)\b/i,
    'An earlier operation counts as not finished, or the other side is not ready yet.',
    'Wait and try again; where that does not end, the log of that program tells what it waits for.',
  ],
  [
    /\ballow-?list|\bnot (?:in )?(?:allowed|permitted|under any)\b|\bforbidden\b|\b(?:denied|refused|rejected) by\b/i,
    'A rule of that program refuses it, not the kernel.',
    'Its configuration says what it allows.',
  ],
  [
    /\b(?:increase|raise)\b|\b(?:limit|quota|pool|cache)\b.{0,40}\b(?:reached|exceeded|exhausted|full|too (?:small|low))\b|(?<!time |timeout |deadline |Timeout )\bexceed(?:s|ed)?\b/i,
    'A limit, pool or buffer of that program is too small for what is asked of it.',
    'Where the message names the setting, raise that.',
  ],
  [
    /\b(?:cannot|could not|failed to|unable to) (?:parse|decode|unmarshal|deserialize)|\b(?:parse|syntax) error\b|\bunexpected (?:token|end of(?! input$| file$))\b/i,
    'A value could not be read: the two sides do not write it the same way, or it is empty. Versions that do not belong together do that.',
    'Compare the versions of both sides.',
  ],
  [
    /\balready (?:exists?|has|in use|used|mounted|registered|part of|a member|attached|bound|defined|allocated|taken)\b/i,
    'It exists already, or is in use.',
    'Something from an earlier run may be left.',
  ],
  [
    /(?<!If .{0,60})\bis different (?:than|from)\b|(?<!\bFlags |checksum )\b(?:mismatch|does not match|do not match|must be equal)\b/i,
    'Two values that must be equal are not.',
    'The message names both: bring one into line with the other.',
  ],
  [
    /\btimed? ?-?out\b|\bdeadline exceeded\b|\b(?:not|failed to) (?:be |become |get |come )?(?:ready|up|running|available|reachable|online) (?:after|within|in) \d+/i,
    'It took too long: what was waited for did not answer in time. Why, that side can tell.',
    'Look at what the other side printed at that time.',
  ],
  [
    /\bunexpected argument '-|\bwasn't expected\b|\bno such option\b|\binvalid option\b|\b(?:unknown|unrecogni[sz]ed) (?:option|parameter|argument|flag|key|field)\b/i,
    'It does not know that option, and ignores or refuses it: misspelt, or of another version or architecture.',
    'Leave it out; the documentation of that version and architecture says what it knows.',
  ],
  [
    /\b(?:unknown|unrecogni[sz]ed) (?:\w+ )?['"`]\S/i,
    'What it names is not known there: misspelt, not installed, or not loaded.',
    'See what that program lists as known, and its own log from its start on.',
  ],
  [
    /\b(?:not (?:supported|implemented)|unsupported|does(?: not|n't) support)\b/i,
    'It is not supported there, by that version or with these settings.',
    'Choose another kind of what it names, or a newer version of that program.',
  ],
  [
    /\b(?:not unique|duplicated?|ambiguous|(?:more than|only|exactly) one|multiple \w+ (?:found|match\w*))\b/i,
    'It is there more than once, or there are several, where exactly one is wanted.',
    'Remove the others, or name the one that is meant.',
  ],
  [
    /\b(?:is|are|was) (?:disabled|not enabled|turned off|switched off|inactive)\b|\bnot (?:enabled|active)\b/i,
    'What it needs is switched off, or two settings contradict each other: one side asks for what the other has disabled.',
    'Switch it on there, or take the request for it out of the configuration.',
  ],
  [
    /\(expected\b|\bexpected value\b/i,
    'A value is not the one that is expected.',
    'What the value stands for, the documentation of that program or its code tells.',
  ],
  [
    /\b(?:expected|expecting|promised|wanted)\b.{1,120}\b(?:got|received|found|but|was)\b|\brequired\b.{1,120}\b(?:got|received)\b/i,
    'It received something else than it expected: the other side is another program, another version, or stopped in the middle of its answer.',
    'Compare the versions of both sides, and look at what the other side printed at that time.',
  ],
  [
    /\b(?:connection|socket|stream|pipe|channel)\b.{0,40}\b(?:reset|closed|lost|broken|disconnected)\b|\bbroken pipe\b|\b(?:unexpected )?EOF\b(?! in archive| while parsing)|\b(?:receiving|sending) data (?:from|to) the peer\b|\bpeer (?:closed|disconnected|has gone)\b/i,
    'The other side closed the connection: it ended, crashed or restarted.',
    'Look at what the other side printed at that time.',
  ],
  [
    /\b(?:busy|(?<!--|account is )locked|held by|in use|being used|(?:is|already) mounted)\b/i,
    'Another process holds it.',
    '`sudo fuser -v PATH` or `sudo lsof PATH` shows which.',
  ],
  [
    /\b(?:x509|certificate|signature|(?<!VF \d{1,3} is )untrusted|(?<!VF \d{1,3} is )not trusted|verification)\b(?!.{0,40}tainting)/i,
    'A signature or certificate was not accepted: the wrong key, an expired one, or a file that was changed.',
    'Compare the clock of the host, and which key or authority signed it.',
  ],
  [
    /\b(?:unauthori[sz]ed|(?<!packages cannot be )authenticat\w+|(?<!set up )credentials?|(?:invalid|wrong|bad) (?:token|password))\b/i,
    'The other side does not accept who asks: credentials are missing, wrong or expired.',
    null,
  ],
  [
    /(?<!interrupt took )\btoo (?:large|big|long|many|high|small|short|few|low|old|new)\b/i,
    'A value is outside of what that program takes.',
    'The message names the value; its documentation the bounds.',
  ],
  [
    /\b(?:requires?|needs?|must (?:be|have|run))\b.{1,60}\b(?:root|privileges?|capabilit\w+|sudo|permissions?)\b/i,
    'The process lacks a privilege.',
    null,
  ],
  [
    /\b(?:incompatible(?! with host CPU)|requires? (?:at least )?(?:version|v?\d+\.)|(?:newer|older) (?:version|than)|version \S+ (?:is )?(?:not|required))\b/i,
    'The versions of the two sides do not belong together.',
    'Compare them, and bring one into line with the other.',
  ],
  [
    /\b(?:not (?:an? )?valid|invalid|malformed|illegal|bad (?:value|magic|format|address)|not an? \w+ (?:file|image|archive|device|number))\b/i,
    'It does not accept a value or an object that it was given: of the wrong form, type or kind.',
    'The message names it; compare it with what the documentation of that program asks for.',
  ],
  [
    /\brequired\b|\bmust be (?:given|set|specified)\b/i,
    'Something that it needs was not given.',
    'The message names it; give it in the command or configuration of that program.',
  ],
  [
    /\bmust be (?:used|set|enabled|switched on|installed|present|given)\b/i,
    'A setting that the message names is needed there and is not switched on.',
    'Set it in the configuration of that program.',
  ],
  [
    /\bdeprecated\b|\bshould be '|\buse .{1,40} instead\b/i,
    'The spelling is an old one, which is still taken: a warning, it goes on.',
    'Write it as the message says.',
  ],
  [
    /\b(?:cannot|can't|must not|may not) be (?:zero|empty|null|0)\b/,
    'A setting is zero or empty: it is missing or misspelt, or stands in another section of the configuration than the one that is read.',
    'Compare the configuration file with the one that the program ships.',
  ],
  [
    /\b(?:of|from) (?:null|undefined)\b|\bunset variable\b/,
    'A value is not set where one is needed.',
    'The message or the lines above it name the setting.',
  ],
  [
    /\b(?:corrupt(?:ed|ion)?|damaged|truncated)\b|\bchecksum\b.{0,30}\b(?:mismatch\w*|fail\w*|errors?|differs?|wrong|bad|invalid)\b/i,
    'The data is damaged or incomplete.',
    'Compare its checksum with that of where it came from, and fetch it again.',
  ],
  [
    /\b(?:not (?:be )?found|does not exist|is missing|no such)\b/i,
    'Something that it names is not there.',
    'See whether it is there under that name where this program runs: host, container and guest have file systems of their own.',
  ],
]
