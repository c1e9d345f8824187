import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addBot } from '../bots/adding.js'
import { isRiskSentence, PERSONAL_ZALO } from '../bots/rules.js'
import type { SignIn, SignInState } from '../bots/sign-ins.js'
import { AppError } from '../core/errors.js'
import { createSeal } from '../core/seal.js'
import { fold } from '../core/text.js'
import { inTransaction } from '../database/client.js'
import { deepLink } from '../platforms.js'
import { drawInTerminal } from './qr-picture.js'
import type { Session as WholeSession } from './session.js'

export type Terminal = Readonly<{
  print: (text: string) => void
  /** What is typed until the end of the line. */
  ask: (question: string) => Promise<string>
}>

type Session = Pick<WholeSession, 'config' | 'db' | 't' | 'codeKey' | 'now'>
type Begin = (changed: (state: SignInState) => void) => SignIn
type Done = Extract<SignInState, { kind: 'done' }>

/** `kyhop zalo`: a person's own account, signed in by a code in the terminal, after the sentence that names the risk. */
export async function signInToZalo(session: Session, terminal: Terminal, begin: Begin): Promise<void> {
  const { config, t } = session
  if (!config.personalZalo) throw new AppError('bots.error.no-personal')
  if (!config.botKey) throw new AppError('bots.error.no-key')
  const sentence = t('bots.personal.sentence')
  const said = await terminal.ask(`${t('cli.zalo.risk', { sentence })}\n> `)
  if (!isRiskSentence(said, [sentence])) throw new AppError('cli.zalo.not-it')
  const done = await follow(session, terminal, begin)
  const name = done.account.username ?? done.account.externalId
  const answer = await terminal.ask(`${t('cli.zalo.use', { name })} `)
  if (fold(answer) !== t('cli.zalo.yes')) throw new AppError('cli.zalo.not-used')
  await keep(session, done)
  terminal.print(t('cli.zalo.kept', { name }))
}

/** Shows each state until the end. Throws where it is none of success. */
async function follow(session: Session, { print }: Terminal, begin: Begin): Promise<Done> {
  const { t, config } = session
  const show = async (state: SignInState): Promise<void> => {
    if (state.kind === 'scanned') print(t('cli.zalo.scanned', { name: state.name }))
    if (state.kind !== 'waiting') return
    const png = Buffer.from(state.image, 'base64')
    const drawn = drawInTerminal(png)
    const path = join(config.dataDir, 'zalo-qr.png')
    if (!drawn) await writeFile(path, png, { mode: 0o600 })
    print(drawn ? `${t('cli.zalo.waiting')}\n${drawn}` : t('cli.zalo.picture', { path }))
  }
  let shown: Promise<void> = Promise.resolve()
  return new Promise((resolve, reject) => {
    begin((state) => {
      if (state.kind === 'done') void shown.then(() => resolve(state))
      else if (state.kind === 'declined' || state.kind === 'expired' || state.kind === 'failed')
        void shown.then(() => reject(new AppError(`cli.zalo.${state.kind}`)))
      else shown = shown.then(() => show(state)).catch(reject)
    })
  })
}

const keep = (session: Session, { token, account }: Done): Promise<void> => {
  const { config, codeKey, now } = session
  const wanted = { platform: PERSONAL_ZALO, token, account, unitId: null, by: null, cause: `terminal:${now.getTime()}` }
  const deps = { zone: config.zone, codeKey, deepLink, isOpen: () => false, seal: createSeal(config.botKey) }
  return inTransaction(session.db, (tx) => addBot(tx, now, wanted, deps))
}
