import { expect, test } from 'vitest'
import { NOBODY } from '../../src/conversation/types.js'
import { uploadSweep } from '../../src/conversation/uploads.js'
import { AppError } from '../../src/core/errors.js'
import { newId } from '../../src/core/ids.js'
import { createLog } from '../../src/core/log.js'
import { aPdf } from '../support/files.js'
import { openHouse } from '../support/house.js'
import { aCell } from '../support/people.js'

test('a file whose command refuses does not hold up the ones behind it; its sender hears why', async () => {
  const house = await openHouse({ now: '2026-12-01 08:00' })
  try {
    const { secretaryId } = await aCell(house, 0)
    const chat = await house.db.chat.findFirstOrThrow()
    const shared = { botId: house.botId, chatId: chat.id, personId: secretaryId, updateId: newId(), caption: null }
    const rest = { state: 'waiting' as const, dueAt: house.now, receivedAt: house.now }
    for (const fileName of ['a.pdf', 'b.pdf'])
      await house.db.upload.create({ data: { id: newId(), ...shared, fileRef: fileName, fileName, ...rest } })
    const ran: string[] = []
    const sweep = uploadSweep({
      channelOf: () => ({ ...house.channel, download: async (ref) => aPdf(ref) }),
      blobs: {
        put: async (bytes) => `sha-${bytes.byteLength}-${newId()}`,
        get: async () => aPdf(),
      },
      takers: [
        { name: 'x', permits: async () => true, recognizes: async () => true, label: 'materials.use', command: 'x' },
      ],
      conversation: {
        handle: async () => {},
        refuse: async () => {},
        run: async (_tx, _now, { command, args }) => {
          ran.push(command === 'x' ? 'x' : `${command} ${args.code}`)
          if (ran.length === 1) throw new AppError('materials.error.gone')
        },
      },
      identify: async () => [{ ...NOBODY, personId: secretaryId }],
      log: createLog('silent'),
    })
    await sweep.run(house.db, house.now)
    expect(ran).toEqual(['x', 'upload.failed materials.error.gone', 'x'])
    const states = await house.db.upload.findMany({ orderBy: { fileName: 'asc' } })
    expect(states.map((one) => one.state)).toEqual(['failed', 'fetched'])
  } finally {
    await house.close()
  }
})
