import { z } from 'zod'
import type { BotDoor } from '../../bots/adding.js'
import { candidate } from '../../bots/candidate.js'
import { PLATFORMS, recogniseToken } from '../../bots/rules.js'
import { AppError } from '../../core/errors.js'
import type { Translate } from '../../core/i18n.js'
import type { JsonObject } from '../../messaging/vocabulary.js'
import { spendGrant } from '../../pages/grants.js'
import type { PagesHouse } from './house.js'
import { Sheet } from './layout.js'
import type { Form, OncePage } from './once.js'

const args = z.object({ unitId: z.uuid().nullable() })

const textOf = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value.trim() : ''
}

const Choice = ({ value, label, chosen }: { value: string; label: string; chosen?: boolean }) => (
  <label class="box">
    <input type="radio" name="platform" value={value} checked={chosen} />
    <span>{label}</span>
  </label>
)

const TokenForm = ({ t, whose }: { t: Translate; whose: string }) => (
  <Sheet t={t} title={t('bots.page.title')}>
    <h1>{t('bots.page.title')}</h1>
    <p>{t('bots.page.whose', { whose })}</p>
    <form method="post">
      <label for="token">{t('bots.page.token')}</label>
      <input
        id="token"
        type="text"
        name="token"
        required
        maxlength={200}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
      <p class="soft">{t('bots.page.where')}</p>
      <fieldset>
        <legend>{t('bots.page.platform')}</legend>
        <Choice value="" label={t('bots.page.by-itself')} chosen />
        {PLATFORMS.map((one) => (
          <Choice value={one} label={t(`common.platform.${one}`)} />
        ))}
      </fieldset>
      <button type="submit" class="primary">
        {t('bots.page.save')}
      </button>
    </form>
    <p class="soft">{t('bots.page.sealed')}</p>
  </Sheet>
)

/** The platform is asked before anything is kept, and outside of any transaction. */
async function findOut(form: Form, bots: BotDoor): Promise<JsonObject> {
  const token = textOf(form, 'token').replace(/\s+/g, '')
  const recognised = recogniseToken(token)
  if (!recognised) throw new AppError('bots.error.no-token')
  const chosen = PLATFORMS.find((one) => one === textOf(form, 'platform'))
  return bots.identify(chosen ?? recognised, token)
}

/** The one place where a bot's token is entered. It is shown nowhere, not even to who has just typed it. */
export const botTokenPage = ({ bots, permissions }: PagesHouse): OncePage => ({
  purpose: 'bot-token',
  admit: async ({ tx, now, actor, grant }) => {
    const { unitId } = args.parse(grant.args)
    if (!(await permissions.may(tx, actor, 'bot.manage', unitId, now))) throw new AppError('pages.error.not-yours')
  },
  show: async ({ tx, grant }, t) => {
    const { unitId } = args.parse(grant.args)
    const unit = unitId ? await tx.unit.findUnique({ where: { id: unitId } }) : null
    return <TokenForm t={t} whose={unit?.name ?? t('bots.list.everybody')} />
  },
  prepare: (form) => findOut(form, bots),
  submit: async ({ tx, now, grant }, _form, prepared) => {
    if (await spendGrant(tx, now, grant.id)) {
      const { unitId } = args.parse(grant.args)
      await bots.add(tx, now, { ...candidate.parse(prepared), unitId, by: grant, cause: `page:${grant.id}` })
    }
    return 'done'
  },
  done: (t) => ({ title: t('bots.page.done'), how: t('bots.page.done-how') }),
})
