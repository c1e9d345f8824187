import { afterAll, beforeAll, describe, test } from 'vitest'
import { isRefused, play } from './driver.js'
import { type Over, openScene, openStage, type Scene } from './scene.js'
import { DIALOGUES, FOR_ANYONE, isOfARole, namesOf } from './table.js'

/** Each dialogue of the table, in a cell of its own; then asked for by whom it is not for. */
export function playAll(over: Over): void {
  let stage: Awaited<ReturnType<typeof openStage>>
  beforeAll(async () => {
    stage = await openStage(over)
  })
  afterAll(async () => {
    stage.verify()
    await stage.close()
  })

  describe.each(['vi', 'en'] as const)('in %s', (locale) => {
    let elsewhere: Scene
    beforeAll(async () => {
      elsewhere = await openScene(stage, locale, over)
    })

    test.each(DIALOGUES.map((one) => [namesOf(one)[locale], one] as const))('%s', async (name, dialogue) => {
      await play(await openScene(stage, locale, over), dialogue, name)
      if (isOfARole(dialogue))
        await isRefused(elsewhere, 'member', name, dialogue.refused ?? 'conversation.error.forbidden')
      if (!FOR_ANYONE.has(dialogue.command)) await isRefused(elsewhere, 'stranger', name, 'conversation.unlinked')
    })
  })
}
