/** Domain time. It enters the house once, in `app.ts`; everything below takes `now` as a parameter. */
export type Clock = Readonly<{ now: () => Date }>

export const systemClock: Clock = { now: () => new Date() }
