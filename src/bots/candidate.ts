import { z } from 'zod'

/** A bot whose platform has told us who it is. */
export const candidate = z.object({
  platform: z.string(),
  token: z.string(),
  account: z.object({
    externalId: z.string(),
    username: z.string().nullable(),
    quota: z.object({
      messagesPerMonth: z.number().nullable(),
      people: z.number().nullable(),
      strangersPerDay: z.number().nullable().optional(),
    }),
  }),
})
export type Candidate = z.infer<typeof candidate>
