import type { Zone } from '../core/dates.js'
import type { Locale, Translations } from '../core/i18n.js'
import type { Log } from '../core/log.js'
import type { Seal } from '../core/seal.js'
import type { Blobs } from '../messaging/blobs.js'
import type { DeepLink } from '../messaging/bots.js'
import type { AnyRenderer } from '../messaging/renderer.js'
import type { Paper } from './printing.js'
import type {
  Command,
  CommandHint,
  FileTaker,
  Forget,
  Interpreter,
  LastDone,
  MenuEntry,
  MutableKind,
  Sweep,
} from './types.js'

/** What a feature brings to the house; `app.ts` joins the rooms. */
export type Room = Readonly<{
  commands?: readonly Command[]
  /** In the order in which they are asked. */
  interpreters?: readonly Interpreter[]
  renderers?: readonly AnyRenderer[]
  menu?: readonly MenuEntry[]
  hints?: readonly CommandHint[]
  takers?: readonly FileTaker[]
  papers?: readonly Paper[]
  lastDone?: readonly LastDone[]
  mutable?: readonly MutableKind[]
  forgets?: readonly Forget[]
  sweeps?: readonly Sweep[]
}>

/** What a room may need beside rows and the moment. */
export type RoomDeps = Readonly<{
  /** The installation's zone: for what belongs to no unit. */
  zone: Zone
  defaultLocale: Locale
  /** For papers that are made outside a conversation. */
  translations: Translations
  blobs: Blobs
  log: Log
  /** Keys the hashes of one-time codes. 32 bytes, kept beside the data. */
  codeKey: Uint8Array
  /** Where pages of ours can be reached from outside; null: nowhere. */
  publicUrl: string | null
  /** Which bot it is for says the person's unit: `organization/serving.ts`. */
  deepLink: DeepLink
  /** Keeps the tokens of added bots. */
  seal: Seal
  /** Whether a person's own Zalo account may be signed in here. */
  personalZalo: boolean
  /** Whether a line to this bot is open here. */
  isOpen: (botId: string) => boolean
  /** A link that adds this bot to a group of one's choice; null: its platform has none. */
  groupLink: (botId: string) => string | null
  /** Everybody's hints, for help and the platform's menu; filled once all rooms are joined. */
  hints: () => readonly CommandHint[]
  /** What every room ends when somebody withdraws their consent. */
  forgets: () => readonly Forget[]
}>
