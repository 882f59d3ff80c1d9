// The programs that `npm run bench -- peers` compares with: those of Debian where they are installed (npm run prepare-trust),
// goss and moby's script from the Go module proxy, those of npm in a cache of their own, all with pinned versions.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { cacheDirectory } from '../prepare/places.mjs'

const modules = `${cacheDirectory}/bench-peers`
const gossFile = new URL('../trust/peers/goss.yaml', import.meta.url).pathname
const moby = 'github.com/docker/docker@v28.5.2+incompatible'

/** name of the package to its version; they are not among the project's own, since they weigh hundreds of MB. */
const packages = {
  '@react-native-community/cli': '20.2.0',
  appium: '3.8.0',
  'appium-uiautomator2-driver': '8.7.0',
}

const installed = () => {
  if (existsSync(`${modules}/complete`)) return null
  mkdirSync(modules, { recursive: true })
  const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
  const { status } = spawnSync(
    'npm',
    ['install', '--silent', '--no-audit', '--no-fund', '--prefix', modules, ...names],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  if (status !== 0) return 'npm could not install it'
  spawnSync('touch', [`${modules}/complete`])
  return null
}

/** @returns the script of this module, or null where the proxy or Go is not there */
const checkConfig = () => {
  const { stdout, status } = spawnSync('go', ['mod', 'download', '-json', moby], {
    cwd: '/',
    encoding: 'utf8',
  })
  if (status !== 0) return null
  const path = `${JSON.parse(stdout).Dir}/contrib/check-config.sh`
  return existsSync(path) ? path : null
}

/** @returns what can be started here and in which directory, and for the rest why not */
export const peersToCompare = () => {
  const found = {}
  const missing = {}
  const add = (name, why, argv, trust) => {
    if (why) missing[name] = why
    else found[name] = { argv, trust }
  }
  const inPath = (program) => (spawnSync('which', [program]).status === 0 ? null : 'not installed')
  add(
    'virt-host-validate qemu',
    inPath('virt-host-validate'),
    ['virt-host-validate', 'qemu'],
    'virt-host-validate',
  )
  add('kvm-ok', inPath('kvm-ok'), ['kvm-ok'], 'kvm-ok')
  const goss = `${cacheDirectory}/goss`
  const noGoss = existsSync(goss) ? null : 'not built; npm run test:trust does'
  add('goss validate', noGoss, [goss, '-g', gossFile, 'validate', '--no-color'], 'goss')
  const script = checkConfig()
  add('moby check-config.sh', script ? null : 'not to be had without Go and its proxy', ['bash', script])
  const why = installed()
  const node = process.execPath
  const bin = (name) => `${modules}/node_modules/.bin/${name}`
  add('React Native doctor', why, [node, bin('rnc-cli'), 'doctor'])
  add('appium driver doctor', why, [node, bin('appium'), 'driver', 'doctor', 'uiautomator2'])
  missing['expo-doctor'] = 'it needs Node 22 and an Expo project'
  // Both look for the package.json of a project that has them.
  return { found, missing, directory: modules }
}
