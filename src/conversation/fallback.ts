/** Commands that the conversation itself turns to; rooms provide `digit`. */
export const FALLBACK = {
  menu: 'menu.open',
  digit: 'attendance.digit',
  file: 'upload.receive',
  start: 'link.start',
  group: 'menu.group',
} as const
