import type { PaperName } from './layouts.js'

/** All papers of a meeting in one message. A contract with jobs that wait. */
export const PACK = 'pack'

/** Files of the pack, as they are called in somebody's downloads. */
export const FILE_NAMES: Readonly<Record<PaperName, string>> = {
  minutes: 'bien-ban',
  resolution: 'du-thao-nghi-quyet',
  report: 'bao-cao',
  score: 'phieu-cham-diem',
}
