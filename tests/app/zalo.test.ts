import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginSignIn, type SignInState } from '../../src/channels/zalo-personal/sign-in.js'
import { drawInTerminal, readSquares } from '../../src/cli/qr-picture.js'
import type { Session } from '../../src/cli/session.js'
import { signInToZalo } from '../../src/cli/zalo.js'
import { parseConfig } from '../../src/config.js'
import { createSeal } from '../../src/core/seal.js'
import { openChannel } from '../../src/platforms.js'
import { runToEnd } from '../support/service.js'
import { openTestSession, type TestSession } from '../support/session.js'
import { PersonalZalo } from '../support/zalo-personal/index.js'

const KEY = '09'.repeat(32)
const SENTENCE = 'zalo co the khoa tai khoan nay, chu tai khoan da dong y'

let opened: TestSession
let session: Session
beforeAll(async () => {
  opened = await openTestSession({ ZALO_PERSONAL: '1', BOT_KEY: KEY })
  session = opened.session
})
afterAll(() => opened.close())

/** Types these lines, and does this with the owner's phone. */
async function signsIn(
  typed: readonly string[],
  phone: readonly ('scan' | 'confirm' | 'decline' | 'expire')[],
  picture?: string,
) {
  const zalo = new PersonalZalo()
  if (picture) zalo.picture = picture
  const printed: string[] = []
  const lines = [...typed]
  const ask = async (question: string): Promise<string> => {
    printed.push(question)
    return lines.shift() ?? ''
  }
  const terminal = { ask, print: (text: string) => void printed.push(text) }
  const begin = (changed: (state: SignInState) => void) => beginSignIn(zalo.load, changed)
  const working = signInToZalo(session, terminal, begin)
  working.catch(() => {})
  if (phone.length > 0) await zalo.until(() => zalo.codes.length > 0)
  for (const step of phone) zalo.does(step)
  return { printed, zalo, working }
}

const bots = () => session.db.bot.findMany({ where: { platform: 'zalo-personal' } })

describe('signing in on the command line', () => {
  test('nothing begins without the sentence', async () => {
    const { working, zalo, printed } = await signsIn(['được'], [])
    await expect(working).rejects.toThrow('cli.zalo.not-it')
    expect([zalo.codes.length, printed[0]?.includes('Zalo có thể khóa tài khoản này')]).toEqual([0, true])
  })

  test.each([
    ['declined', ['scan', 'decline']],
    ['expired', ['expire']],
  ] as const)('%s: it says so and keeps nothing', async (why, phone) => {
    const { working } = await signsIn([SENTENCE], phone)
    await expect(working).rejects.toThrow(`cli.zalo.${why}`)
    expect(await bots()).toEqual([])
  })

  test('another account than was meant is not kept', async () => {
    const { working } = await signsIn([SENTENCE, 'không'], ['scan', 'confirm'])
    await expect(working).rejects.toThrow('cli.zalo.not-used')
    expect(await bots()).toEqual([])
  })

  test('the account is kept sealed; the service opens it', async () => {
    const { working, printed } = await signsIn([SENTENCE, 'Có'], ['scan', 'confirm'])
    await working
    const [row] = await bots()
    expect(row).toMatchObject({ username: 'Tổ Hòa Bình', state: 'active', addedBy: null, unitId: null })
    expect(createSeal(Buffer.from(KEY, 'hex')).open(row?.credentials ?? '', row?.id ?? '')).toContain('an-imei')
    expect(printed.join('\n')).toMatch(/█ ▄▄▄▄▄ █[\s\S]*Tổ Hòa Bình/)
  })

  test('a code that cannot be drawn is put beside the data as a picture', async () => {
    const { working, printed } = await signsIn([SENTENCE], ['decline'], Buffer.from('no picture').toString('base64'))
    await expect(working).rejects.toThrow('cli.zalo.declined')
    const path = join(opened.folder, 'zalo-qr.png')
    expect([printed.join('\n').includes(path), await readFile(path, 'utf8')]).toEqual([true, 'no picture'])
  })

  test('where it is not switched on it is refused', async () => {
    const terminal = { ask: async () => SENTENCE, print: () => {} }
    const off = { ...session, config: { ...session.config, personalZalo: false } }
    const begin = (): never => {
      throw new Error('it must not begin')
    }
    await expect(signInToZalo(off, terminal, begin)).rejects.toThrow('bots.error.no-personal')
  })
})

describe('the code in the terminal', () => {
  test.each([
    ['small', { scale: 3, margin: 4 }],
    ['large, close to the edge', { scale: 11, margin: 0 }],
    ['coloured', { scale: 6, margin: 2, color: { dark: '#0068ff', light: '#ffffff' } }],
  ])('a %s picture is read square by square', async (_, options) => {
    const text = `https://example.vn/${'x'.repeat(40)}`
    const code = QRCode.create(text)
    const { size } = code.modules
    const squares = readSquares(await QRCode.toBuffer(text, options))
    const each = Array.from({ length: size }, (_, n) => n)
    expect(squares).toEqual(each.map((y) => each.map((x) => code.modules.get(y, x) === 1)))
  })

  test('two squares a letter, with a light edge', async () => {
    const drawn = drawInTerminal(await QRCode.toBuffer('12345678'))?.split('\n') ?? []
    expect([drawn.length, new Set(drawn.map((one) => one.length))]).toEqual([13, new Set([25])])
    expect(drawn[0]).toBe('█'.repeat(25))
    expect(drawn[1]?.startsWith('██ ▄▄▄▄▄ █')).toBe(true)
  })

  test.each([[Buffer.from('no picture')], [Buffer.alloc(0)]])('what is none is drawn as none', (bytes) => {
    expect(drawInTerminal(bytes)).toBeNull()
  })
})

describe('where nobody switched it on', () => {
  test('no account of that kind is opened, whatever the tables hold', () => {
    const off = parseConfig({ DATA_DIR: opened.folder }, opened.folder)
    expect(off.personalZalo).toBe(false)
    expect(openChannel('zalo-personal', 'x', off, null as never)).toBeNull()
  })

  test('one file alone can load the library, and only when it is asked to', async () => {
    const names = (await readdir('src', { recursive: true })).filter((one) => /\.tsx?$/.test(one))
    const lines = await Promise.all(
      names.map(async (name) => ({ name, text: await readFile(join('src', name), 'utf8') })),
    )
    const loads = lines.flatMap(({ name, text }) =>
      text
        .split('\n')
        .filter((one) => /['"]zca-js['"]/.test(one) && !/^import type /.test(one))
        .map((one) => `${name}: ${one.trim()}`),
    )
    expect(loads).toEqual(["channels/zalo-personal/library.ts: const { Zalo } = await import('zca-js')"])
  })

  test('the program runs where the library cannot be loaded', { timeout: 120_000 }, async () => {
    const hook = `export const resolve = (name, context, next) => {
      if (name === 'zca-js') throw new Error('the library was loaded')
      return next(name, context)
    }`
    const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`
    const forbid = ['--import', url(`import { register } from 'node:module'; register(${JSON.stringify(url(hook))})`)]
    const tried = await runToEnd([...forbid, '--input-type=module', '-e', "await import('zca-js')"])
    expect(tried.err).toContain('the library was loaded')
    const ran = await runToEnd([...forbid, 'bin/kyhop', '--help'])
    expect([ran.code, ran.out.includes('doctor')]).toEqual([0, true])
  })
})
