/** The real cloud-init, where its modules are installed: the same user-data goes through its own handlers. */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { because } from '../helpers/needs.ts'
import { userDataCases } from '../helpers/user-data-cases.ts'

const script = `
import base64, json, logging, sys, tempfile
from cloudinit import handlers, helpers, user_data
from cloudinit.handlers import cloud_config
from cloudinit.settings import PER_ALWAYS
words = []
class Keep(logging.Handler):
    def emit(self, record):
        if record.levelno >= logging.WARNING and 'per instance data' not in record.getMessage(): words.append(record.getMessage())
logging.getLogger().addHandler(Keep())
logging.getLogger().setLevel(logging.DEBUG)
def judge(blob):
    words.clear()
    paths = helpers.Paths({'cloud_dir': tempfile.mkdtemp(), 'run_dir': tempfile.mkdtemp()})
    try:
        message = user_data.UserDataProcessor(paths).process(blob)
    except Exception as error:
        return str(error) or type(error).__name__
    handler = cloud_config.CloudConfigPartHandler(paths)
    table = helpers.ContentHandlers()
    table.register(handler)
    data = {'handlers': table, 'handlerdir': '/nonexistent', 'data': None, 'frequency': PER_ALWAYS, 'handlercount': 0, 'excluded': []}
    def part(_data, filename, payload, headers):
        kind = headers['Content-Type']
        if kind == 'text/x-not-multipart' and blob:
            words.append('unhandled ' + kind)
        elif kind in handler.list_types():
            try:
                handler.handle_part(_data, kind, filename, payload, PER_ALWAYS, headers)
            except Exception as error:
                words.append(str(error) or type(error).__name__)
    handlers.walk(message, part, data=data)
    return '; '.join(words) or None
print(json.dumps([judge(base64.b64decode(text)) for text in json.load(sys.stdin)]))
`

const python = (input: string) => spawnSync('python3', ['-c', script], { input, encoding: 'utf8' })
const whyNot = python('[]').status === 0 ? null : 'needs python3 with the modules of cloud-init'

describe.skipIf(whyNot)(`cloud-init itself${because(whyNot)}`, () => {
  it('agrees about all user-data that the tests have', () => {
    const { stdout } = python(
      JSON.stringify(userDataCases.map(([, content]) => Buffer.from(content).toString('base64'))),
    )
    const faults = JSON.parse(stdout) as (string | null)[]
    const found = userDataCases.map(([name], at) => `${name}: ${faults[at] === null}`)
    expect(found).toEqual(userDataCases.map(([name, , works]) => `${name}: ${works}`))
  })
})
