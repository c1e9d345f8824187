// Who may import whom. A room sees the rooms before it, never those after it.
const ROOMS = [
  'core',
  'database',
  'messaging',
  'conversation',
  'organization',
  'pages',
  'bots',
  'meetings',
  'milestones',
  'calendar',
  'attendance',
  'materials',
  'reminders',
  'announcements',
  'notes',
  'gates',
  'tasks',
  'opinions',
  'scoring',
  'reach',
  'groups',
  'papers',
  'digests',
  'web',
]
const FEATURES = ROOMS.slice(ROOMS.indexOf('organization'), ROOMS.indexOf('web'))

const upward = ROOMS.slice(0, -1).map((room, i) => ({
  name: `${room}-looks-up`,
  severity: 'error',
  comment: `${room}/ may import only from: ${['itself', ...ROOMS.slice(0, i)].join(', ')}. Move what it needs down to the room that owns it, or let the upper room pass it as a parameter (features export arrays, app.ts joins them).`,
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${ROOMS.slice(i + 1).join('|')})/` },
}))

const doors = FEATURES.map((room) => ({
  name: `${room}-by-its-doors`,
  severity: 'error',
  comment: `Another feature sees ${room}/ through its rules and stores only. What it says (messages), what people can ask of it (commands) and what falls due (sweep) are joined in app.ts; move shared decisions to ${room}/rules.ts and shared rows to ${room}/store.ts.`,
  from: { path: `^src/(${FEATURES.filter((other) => other !== room).join('|')})/` },
  to: {
    path: ['command', 'message', 'sweep', 'renderer', 'page'].map((word) => `^src/${room}/(${word}|[^.]+/${word})`),
  },
}))

module.exports = {
  forbidden: [
    ...upward,
    ...doors,
    {
      name: 'channels-only-translate',
      severity: 'error',
      comment:
        'A channel sees messaging/, core/ and itself. It translates; what it decides belongs to conversation/ or a feature, rows to messaging/.',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/', pathNot: '^src/(messaging|core|channels/$1)/' },
    },
    {
      name: 'channels-seen-by-app-alone',
      severity: 'error',
      comment:
        'Only the files that put the house together (src/*.ts) know platforms. Speak to messaging/channel.ts, the contract, instead.',
      from: { path: '^src/', pathNot: '^src/(channels/|[^/]+\\.tsx?$|app/|cli/)' },
      to: { path: '^src/channels/' },
    },
    {
      name: 'rooms-do-not-know-the-house',
      severity: 'error',
      comment: 'A room does not import app.ts, config.ts, main.ts or cli.ts: they pass it what it needs as parameters.',
      from: { path: `^src/(${ROOMS.join('|')}|channels)/` },
      to: { path: '^src/([^/]+\\.tsx?$|app/|cli/)' },
    },
    {
      name: 'nobody-imports-the-edge',
      severity: 'error',
      comment: 'main.ts and cli.ts run on import. What two of them share belongs to app.ts or a room.',
      from: { path: '^src/' },
      to: { path: '^src/(main|cli)\\.ts$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or share a third: move what both need into it.',
      from: { path: '^src/', pathNot: '^src/database/generated/' },
      to: { circular: true, pathNot: '^src/database/generated/' },
    },
    {
      name: 'no-test-tools-in-the-service',
      severity: 'error',
      comment: 'A start installs without development packages: move the package to "dependencies", or do without it.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|^src/database/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
