/** Commands that the conversation itself turns to; rooms provide `digit`. */
export const FALLBACK = {
  menu: 'menu.open',
  digit: 'attendance.digit',
  file: 'upload.receive',
  start: 'link.start',
  /** The bot was added to a group by a link of ours. */
  groupStart: 'groups.tie',
  /** The number 1, said to the bot in a group. */
  groupPresent: 'groups.present',
  groupAsk: 'groups.open',
} as const
