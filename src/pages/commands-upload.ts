import { z } from 'zod'
import type { RoomDeps } from '../conversation/room.js'
import { type Actor, type Command, command, type Permission } from '../conversation/types.js'
import { AppError } from '../core/errors.js'
import { isPermittedEverywhere, unitsOf } from '../organization/permissions.js'
import { offerPage } from './offer.js'

/** What files are sent for. The rooms that take them say so again for the file itself. */
const USES: readonly Permission[] = ['material.add', 'roster.import']

export const maySend = ({ roles }: Actor): boolean =>
  USES.some((one) => unitsOf(roles, one).length > 0 || isPermittedEverywhere(roles, one))

/** A page to send a file through, for chats that take none and for files that lie on a computer. */
export const uploadPageCommands = ({ codeKey }: Pick<RoomDeps, 'codeKey'>): Command[] => [
  command(
    'page.upload',
    {
      args: z.object({}),
      scope: 'self',
      permission: 'self',
      slash: ['taitep', 'upload'],
      words: ['tải tệp', 'tải tệp lên', 'gửi tệp', 'nhập danh sách', 'upload a file'],
    },
    async (ctx) => {
      if (!maySend(ctx.actor)) throw new AppError('pages.error.not-yours')
      await offerPage(ctx, codeKey, 'upload', {})
    },
  ),
]
