import type { Paper } from '../conversation/printing.js'
import type { RoomDeps } from '../conversation/room.js'
import { PARTY_PAPER_MIME } from '../core/party-layout.js'
import { renderPartyPaper } from '../core/party-paper.js'
import { readIssuer } from '../meetings/issuer.js'
import { getMeeting } from '../meetings/store.js'
import { outgoing } from '../messaging/outbox.js'
import { paperReady } from './messages-notice.js'
import { invitationPaper } from './notice.js'

/** The invitation as a Word file. A paper of the Party is in Vietnamese, whoever asks for it. */
export const noticePaper = ({ translations }: Pick<RoomDeps, 'translations'>): Paper => ({
  name: 'invitation',
  failed: 'groups.notice.failed',
  read: async (tx, now, job) => {
    const meeting = await getMeeting(tx, job.unitId, job.subjectId ?? '')
    const issuer = await readIssuer(tx, meeting, now)
    return async () => ({
      mime: PARTY_PAPER_MIME,
      bytes: await renderPartyPaper(invitationPaper(meeting, issuer, now, translations.for('vi'))),
      fileName: `giay-moi-${meeting.day}.docx`,
      message: (file, rest) => outgoing(paperReady, file, rest),
    })
  },
})
