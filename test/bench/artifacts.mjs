// npm run bench -- artifacts [ROUNDS] [MIB]: obtaining what a guest is started from, against the tools
// that one would use by hand, as ratios in the same run.
import { benchConversion } from './artifacts-convert.mjs'
import { benchDownload } from './artifacts-download.mjs'
import { benchHash } from './artifacts-hash.mjs'
import { benchSeed } from './artifacts-seed.mjs'

const rounds = Number(process.argv[3] ?? 7)
const mib = Number(process.argv[4] ?? 2048)

await benchDownload(rounds, Math.min(mib, 256))
await benchHash(rounds, Math.min(mib, 512))
await benchSeed(rounds * 3)
await benchConversion(rounds, mib)
