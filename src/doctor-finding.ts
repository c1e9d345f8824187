/** One thing that was looked at. `code`: a key below `cli.doctor`, which says what is so and, if wrong, what to do. */
export type Finding = Readonly<{
  state: 'ok' | 'warning' | 'wrong'
  code: string
  params?: Readonly<Record<string, string | number>>
}>

export const finding = (state: Finding['state'], code: string, params: Finding['params'] = {}): Finding => ({
  state,
  code,
  params,
})
