import { AppError } from '../../core/errors.js'
import type { Translate } from '../../core/i18n.js'
import type { Blobs } from '../../messaging/blobs.js'
import type { JsonObject } from '../../messaging/vocabulary.js'
import { maySend } from '../../pages/commands-upload.js'
import { spendGrant } from '../../pages/grants.js'
import { Sheet } from './layout.js'
import type { Form, OncePage } from './once.js'

const MOST_BYTES = 20 * 1024 * 1024

const textOf = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value.trim() : ''
}

const Upload = ({ t, name, said }: { t: Translate; name: string; said: string }) => (
  <Sheet t={t} title={t('pages.upload.title')}>
    <h1>{t('pages.upload.title')}</h1>
    {said === 'nothing' ? (
      <p class="alert" role="alert">
        {t('pages.upload.nothing')}
      </p>
    ) : null}
    <p>{t('pages.upload.intro', { name })}</p>
    <form method="post" enctype="multipart/form-data">
      <label for="file">{t('pages.upload.file')}</label>
      <input id="file" type="file" name="file" required />
      <label for="caption">{t('pages.upload.caption')}</label>
      <input id="caption" type="text" name="caption" maxlength={200} autocomplete="off" />
      <button type="submit" class="primary">
        {t('pages.upload.send')}
      </button>
    </form>
    <p class="soft">{t('pages.once.yours')}</p>
  </Sheet>
)

/** Some old browsers send the whole path. */
const baseName = (name: string): string => name.split(/[\\/]/).at(-1) ?? name

/** A file through a page goes the way of a file in a chat; the dialogue goes on in the chat. */
export const uploadPage = (blobs: Blobs): OncePage => ({
  purpose: 'upload',
  admit: async ({ actor }) => {
    if (!maySend(actor)) throw new AppError('pages.error.not-yours')
  },
  show: async ({ actor }, t, said) => <Upload t={t} name={actor.fullName} said={said} />,
  prepare: async (form): Promise<JsonObject> => {
    const file = form.file
    if (!(file instanceof File) || file.name === '') return {}
    if (file.size > MOST_BYTES) throw new AppError('conversation.error.file-too-large')
    const sha256 = await blobs.put(new Uint8Array(await file.arrayBuffer()))
    return { sha256, fileName: baseName(file.name), size: file.size }
  },
  submit: async ({ tx, now, grant }, form, file, run) => {
    if (!file.sha256) return 'nothing'
    if (await spendGrant(tx, now, grant.id))
      await run('upload.receive', {
        file: { ...file, fileRef: `page:${grant.id}`, caption: textOf(form, 'caption') || null },
      })
    return 'done'
  },
  done: (t) => ({ title: t('pages.upload.done'), how: t('pages.upload.done-how') }),
})
