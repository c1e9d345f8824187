export type CellSize = Readonly<{ cell: string; people: number }>

/** One bot and who goes to it: whole cells, or a part of one that is larger than a bot. */
export type BotLoad = Readonly<{ people: number; cells: readonly CellSize[] }>

/** A cell that no bot can hold fills as many as it needs; what is left of it is placed like a cell. */
const parts = ({ cell, people }: CellSize, perBot: number): CellSize[] => [
  ...Array.from({ length: Math.floor(people / perBot) }, () => ({ cell, people: perBot })),
  ...(people % perBot > 0 ? [{ cell, people: people % perBot }] : []),
]

/**
 * How many bots of `perBot` people these cells need, and which cell goes to which. A cell stays whole, so that its
 * secretary has one address to give; the largest is placed first, each into the fullest bot that still has room.
 */
export function packCells(cells: readonly CellSize[], perBot: number): BotLoad[] {
  const bots: { people: number; cells: CellSize[] }[] = []
  const pieces = cells.flatMap((one) => parts(one, perBot)).sort((a, b) => b.people - a.people)
  for (const piece of pieces) {
    const fitting = bots.filter((bot) => bot.people + piece.people <= perBot).sort((a, b) => b.people - a.people)
    const bot = fitting[0] ?? { people: 0, cells: [] }
    if (!fitting[0]) bots.push(bot)
    bot.people += piece.people
    bot.cells.push(piece)
  }
  return bots
}
