import type { PaperName } from './layouts.js'

/** Files of the pack, as they are called in somebody's downloads. */
export const FILE_NAMES: Readonly<Record<PaperName, string>> = {
  minutes: 'bien-ban',
  resolution: 'du-thao-nghi-quyet',
  report: 'bao-cao',
  score: 'phieu-cham-diem',
}
