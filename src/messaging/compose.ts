import { isLocale, type Locale, type Translate, type Translations } from '../core/i18n.js'
import { newId } from '../core/ids.js'
import type { Db } from '../database/client.js'
import type { Blobs } from './blobs.js'
import type { Channel, SendRequest } from './channel.js'
import type { Claimed, SentContent } from './deliveries.js'
import { inWords, type Lines, linesOf, withLines } from './plain.js'
import type { Renderers } from './renderer.js'
import { splitMessage } from './split.js'
import { type OutgoingMessage, SendError } from './vocabulary.js'

export type Composer = Readonly<{
  /** Renders a claimed delivery in its recipient's language of this moment. `partIds`: parts still to be written. */
  compose: (
    claimed: Claimed,
    botId: string,
  ) => Promise<{ request: SendRequest; content: SentContent; partIds: string[] }>
  translate: (claimed: Pick<Claimed, 'personLocale' | 'chatLocale'>) => Translate
}>

export type ReplaceFiles = (message: OutgoingMessage, deliveryId: string, t: Translate) => OutgoingMessage

/** From a claimed row to what a channel sends: words, address, file. */
export function createComposer(options: {
  db: Db
  renderers: Renderers
  translations: Translations
  blobs: Blobs
  channel: Pick<Channel, 'limits' | 'can'>
  defaultLocale: Locale
  now: () => Date
  /** Puts secrets (one-time codes, links of pages) in place of their marks: into what is sent, never into what is kept. */
  reveal?: (text: string) => string
  /** A message whose files the platform cannot take, with links or a sentence in their place. */
  replaceFiles?: ReplaceFiles
}): Composer {
  const reveal = options.reveal ?? ((text) => text)
  const translate: Composer['translate'] = ({ personLocale, chatLocale }) => {
    const wanted = personLocale ?? chatLocale ?? ''
    return options.translations.for(isLocale(wanted) ? wanted : options.defaultLocale)
  }

  /** Where pages of ours cannot be reached from outside, a message goes without its link to one. */
  const revealed = ({ link, ...message }: OutgoingMessage): OutgoingMessage => {
    const url = link ? reveal(link.url) : ''
    return { ...message, text: reveal(message.text), ...(link && URL.canParse(url) ? { link: { ...link, url } } : {}) }
  }

  const sendable = (message: OutgoingMessage, deliveryId: string, t: Translate): OutgoingMessage => {
    const { attachment, files, ...words } = message
    if (!(attachment || files) || options.channel.can.files) return message
    return options.replaceFiles?.(message, deliveryId, t) ?? words
  }

  const findFile = async (sha256: string, botId: string) =>
    options.db.file.findUnique({ where: { sha256 }, include: { platformFiles: { where: { botId } } } })

  const openFile = async (message: OutgoingMessage, botId: string): Promise<SendRequest['file']> => {
    if (!message.attachment) return null
    const { sha256, fileName } = message.attachment
    const file = await findFile(sha256, botId).catch((cause) => {
      // The database, not the message, is at fault: it must not fail for good.
      throw new SendError({ kind: 'transient', code: 'storage' }, { cause })
    })
    if (!file) throw new SendError({ kind: 'rejected', code: 'no-file' })
    return {
      fileName,
      mime: file.mime,
      platformFileId: file.platformFiles[0]?.fileId ?? null,
      open: () => options.blobs.get(sha256),
    }
  }

  return {
    translate,
    compose: async (claimed, botId) => {
      const t = translate(claimed)
      const whole = options.renderers.render(claimed.kind, claimed.version, claimed.data, t, options.now())
      const { can, limits } = options.channel
      const worded = can.buttons ? whole : inWords(whole)
      const addressed = claimed.addressee
        ? { ...worded, text: `${t('common.addressed', { name: claimed.addressee })}\n${worded.text}` }
        : worded
      const shaped = sendable(addressed, claimed.id, t)
      const { below, rest }: Lines = can.buttons ? { below: '', rest: null } : linesOf(shaped, t)
      const longer = Math.max(0, reveal(shaped.text).length - shaped.text.length)
      const parts = splitMessage(shaped, limits.textLength - longer, reveal(below).length, limits.captions)
      const message = parts[claimed.part] ?? { text: '…' }
      const linked = whole.files && !can.files
      const isLast = claimed.part >= parts.length - 1
      const lines = isLast ? { ...(below ? { below } : {}), ...(rest === null ? {} : { rest }) } : {}
      return {
        request: {
          deliveryId: claimed.id,
          chatExternalId: claimed.chatExternalId,
          message: revealed(can.buttons ? message : withLines(message, lines.below)),
          file: await openFile(message, botId),
        },
        content: {
          ...contentOf(message),
          ...lines,
          ...(message.attachment ? filesOf(message) : message.link || linked ? filesOf(whole) : {}),
        },
        partIds: claimed.part === 0 ? parts.slice(1).map(() => newId()) : [],
      }
    },
  }
}

/** The file that a part carries or that its link opens; those that the links in its words open. */
const filesOf = ({ attachment, files }: OutgoingMessage): Pick<SentContent, 'fileName' | 'sha256' | 'files'> => ({
  ...(attachment ? { fileName: attachment.fileName, sha256: attachment.sha256 } : {}),
  ...(files ? { files: files.map(({ fileName, sha256 }) => ({ fileName, sha256 })) } : {}),
})

/** What is kept of a message that went out: a tap reads its choices from here. */
export const contentOf = (message: OutgoingMessage): SentContent => ({
  ...(message.heading ? { heading: message.heading } : {}),
  text: message.text,
  choices: (message.choices ?? []).map((row) => [...row]),
  ...(message.link ? { url: message.link.url } : {}),
})
