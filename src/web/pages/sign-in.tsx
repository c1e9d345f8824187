import { candidate } from '../../bots/candidate.js'
import { PERSONAL_ZALO } from '../../bots/rules.js'
import type { SignInState } from '../../bots/sign-ins.js'
import { AppError } from '../../core/errors.js'
import type { Translate } from '../../core/i18n.js'
import { spendGrant } from '../../pages/grants.js'
import type { PagesHouse } from './house.js'
import { Sheet } from './layout.js'
import type { OncePage } from './once.js'

/** How long the page waits for the next thing that the phone does, before it is given anew. */
const PATIENCE_MS = 25_000

type Props = Readonly<{ t: Translate; state: SignInState | null }>

const Ask = ({ label }: { label: string }) => (
  <form method="post">
    <button type="submit" class="primary">
      {label}
    </button>
  </form>
)

const Now = ({ t, state }: Props) => {
  if (!state)
    return (
      <>
        <p>{t('bots.sign-in.begin-how')}</p>
        <Ask label={t('bots.sign-in.begin')} />
      </>
    )
  switch (state.kind) {
    case 'starting':
      return <p role="status">{t('bots.sign-in.starting')}</p>
    case 'waiting':
      return (
        <>
          <p role="status">{t('bots.sign-in.waiting')}</p>
          <img class="scanned-from-here" src={`data:image/png;base64,${state.image}`} alt={t('bots.sign-in.code')} />
        </>
      )
    case 'scanned':
      return <p role="status">{t('bots.sign-in.scanned', { name: state.name })}</p>
    case 'done':
      return (
        <>
          <p role="status">{t('bots.sign-in.done', { name: state.account.username ?? state.account.externalId })}</p>
          <p>{t('bots.sign-in.done-how')}</p>
          <Ask label={t('bots.sign-in.use')} />
        </>
      )
    default:
      return (
        <>
          <p class="alert" role="alert">
            {t(`bots.sign-in.${state.kind}`)}
          </p>
          <Ask label={t('bots.sign-in.again')} />
        </>
      )
  }
}

const isOnTheWay = (state: SignInState | null): boolean =>
  state !== null && ['starting', 'waiting', 'scanned'].includes(state.kind)

/** A person's own account, signed in by a code that its owner scans. Nothing is kept before it is said to be the right one. */
export const signInPage = ({ bots, permissions }: PagesHouse): OncePage => ({
  purpose: 'sign-in',
  admit: async ({ tx, now, actor }) => {
    if (!bots.signIns || !(await permissions.may(tx, actor, 'bot.manage', null, now)))
      throw new AppError('pages.error.not-yours')
  },
  wait: async ({ id }, seen) => bots.signIns?.change(id, seen, PATIENCE_MS),
  show: async ({ grant }, t) => {
    const state = bots.signIns?.find(grant.id) ?? null
    return (
      <Sheet t={t} title={t('bots.sign-in.title')} {...(isOnTheWay(state) ? { next: `?seen=${state?.kind}` } : {})}>
        <h1>{t('bots.sign-in.title')}</h1>
        <Now t={t} state={state} />
        <p class="soft">{t('bots.personal.short')}</p>
      </Sheet>
    )
  },
  submit: async ({ tx, now, grant }) => {
    const state = bots.signIns?.find(grant.id) ?? null
    if (state?.kind === 'done') {
      const found = candidate.parse({ platform: PERSONAL_ZALO, token: state.token, account: state.account })
      if (await spendGrant(tx, now, grant.id))
        await bots.add(tx, now, { ...found, unitId: null, by: grant, cause: `page:${grant.id}` })
      bots.signIns?.end(grant.id)
    } else if (!isOnTheWay(state)) bots.signIns?.begin(grant.id)
    return ''
  },
  done: (t) => ({ title: t('bots.sign-in.kept'), how: t('bots.sign-in.kept-how') }),
})
