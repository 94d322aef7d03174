/**
 * Who may import whom. The arrow is one-way:
 * base ← contract ← platform ← engine ← transport ← compose ← entries. app (what only Electron can do), command
 * (the command line) and inference (the models' own process) belong to the entries.
 */
const MAIN = ['base', 'contract', 'platform', 'engine', 'transport']
const ABOVE = ['app', 'command', 'inference']
/** Inside the engine, lowest first; capabilities of one level do not know each other. */
const ENGINE = [
  ['identity', 'events', 'jobs'],
  ['objects', 'models', 'media'],
  ['scenes'],
  ['library'],
  ['uploads', 'files', 'pipeline', 'analysis', 'search', 'recommendations', 'sessions', 'albums', 'annotations'],
  ['engagement'],
  ['audit', 'maintenance', 'reports'],
  ['system'],
]
const ENTRIES = '^main/(index|serve|ingest|library)\\.ts$'
const WORKERS =
  '^main/(platform/database/database-worker|engine/(objects/part-worker|engagement/analytics-worker|scenes/detection-worker|maintenance/maintenance-worker)|inference/(index|model-worker))\\.ts$'

const anyOf = (names) => `(${names.join('|')})`

/** @param {{ name: string, comment: string, from: object, to: object }} rule */
const forbid = (rule) => ({ severity: 'error', ...rule })

const downwards = MAIN.map((layer, i) =>
  forbid({
    name: `${layer}-imports-only-downwards`,
    comment: `${layer} can be understood and tested without what is above it.`,
    from: { path: `^main/${layer}/` },
    to: { path: `^main/${anyOf([...MAIN.slice(i + 1), ...ABOVE])}/|^main/[^/]+\\.ts$` },
  }),
)

const engineOrder = ENGINE.flatMap((level, i) => {
  const above = ENGINE.slice(i + 1).flat()
  return level.map((folder) => {
    const beside = level.filter((name) => name !== folder)
    return forbid({
      name: `engine-${folder}-knows-only-what-is-below-it`,
      comment: `A capability uses only what is built before it: ${ENGINE.map((names) => names.join(', ')).join(' ← ')}. What a lower one has to tell a higher one is an event.`,
      from: { path: `^main/engine/${folder}/` },
      to: { path: `^main/engine/${anyOf([...beside, ...above])}/` },
    })
  })
})

/** Folders of a layer are entered by their index.ts, from beside and from above. */
const throughIndex = (layer) => {
  const comment = `index.ts is what a folder of the ${layer} offers; everything else in it may change freely.`
  const inside = `^main/${layer}/[^/]+/(?!index\\.ts$)`
  return [
    forbid({
      name: `${layer}-siblings-through-index`,
      comment,
      from: { path: `^main/${layer}/([^/]+)/` },
      to: { path: inside, pathNot: `^main/${layer}/$1/` },
    }),
    forbid({
      name: `${layer}-from-outside-through-index`,
      comment,
      from: { path: '^main/', pathNot: `^main/${layer}/` },
      to: { path: inside },
    }),
  ]
}

/** A package that one place owns, so that replacing it or reviewing its use means reading one folder. */
const confine = (name, modules, home, why) =>
  forbid({
    name,
    comment: why,
    from: { pathNot: home },
    to: { path: `^(node:)?${anyOf(modules)}$|node_modules/(@types/)?${anyOf(modules)}/` },
  })

module.exports = {
  forbidden: [
    ...downwards,
    ...engineOrder,
    forbid({
      name: 'engine-root-knows-no-capability',
      comment:
        'The registry and the runtime run whatever is listed in compose.ts. (Types of jobs are part of every module.)',
      from: { path: '^main/engine/[^/]+\\.ts$', pathNot: '^main/engine/schema\\.ts$' },
      to: { path: '^main/engine/[^/]+/', pathNot: '^main/engine/jobs/definition\\.ts$' },
    }),
    forbid({
      name: 'root-holds-only-entries',
      comment:
        'What the engine is made of has a home in a layer; at the root are the entries and the list of capabilities.',
      from: {},
      to: { path: '^main/(?!compose|index|serve|ingest|library)[^/]+\\.ts$' },
    }),
    ...['engine', 'platform'].flatMap(throughIndex),
    forbid({
      name: 'compose-knows-no-entry',
      comment:
        'One composition serves the window and the command line alike; what only one of them can do is handed in.',
      from: { path: '^main/compose\\.ts$' },
      to: { path: '^main/(app|command|inference)/' },
    }),
    forbid({
      name: 'nothing-imports-an-entry',
      comment: 'An entry starts the program when it is loaded.',
      from: {},
      to: { path: ENTRIES },
    }),
    forbid({
      name: 'dialects-do-not-know-each-other',
      comment:
        'Each HTTP dialect is a published interface of its own; what two share belongs to the server around them.',
      from: { path: '^main/transport/http/([^/]+)/' },
      to: { path: '^main/transport/http/[^/]+/', pathNot: '^main/transport/http/$1/' },
    }),
    forbid({
      name: 'doors-do-not-know-each-other',
      comment: 'The window and the network are two doors to the same operations.',
      from: { path: '^main/transport/([^/]+)/' },
      to: { path: '^main/transport/[^/]+/', pathNot: '^main/transport/$1/' },
    }),
    forbid({
      name: 'contract-is-pure',
      comment:
        'The contract is read by the engine, the window and the generated documentation: zod and nothing of one side.',
      from: { path: '^main/contract/' },
      to: { pathNot: '^main/(contract|base)/|node_modules/zod/' },
    }),
    forbid({
      name: 'base-is-pure',
      comment:
        'Base holds pure functions: no state of the machine and only packages that compute, so that they need no set-up anywhere.',
      from: { path: '^main/base/' },
      to: { pathNot: '^main/base/|node_modules/(ipaddr\\.js|temporal-polyfill)/', dependencyTypesNot: ['core'] },
    }),
    forbid({
      name: 'window-sees-only-the-contract',
      comment: 'The window is a browser page: it asks the engine by operation and never runs its code.',
      from: { path: '^(renderer|preload)/' },
      to: { path: '^main/(?!contract/)' },
    }),
    forbid({
      name: 'main-knows-no-window',
      comment: 'The engine runs without a window.',
      from: { path: '^main/' },
      to: { path: '^(renderer|preload)/' },
    }),
    forbid({
      name: 'a-feature-imports-only-shared',
      comment:
        'A feature can be understood, changed and removed alone. What it adds elsewhere (a route, a menu item, a lane of the video page) is a field of its feature.ts; what two features need belongs to renderer/shared.',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/(features|app)/', pathNot: '^renderer/features/$1/' },
    }),
    forbid({
      name: 'shared-imports-no-feature',
      comment: 'Shared serves every feature: what is about one of them belongs to that feature.',
      from: { path: '^renderer/shared/' },
      to: { path: '^renderer/(features|app)/' },
    }),
    forbid({
      name: 'features-are-listed-in-one-place',
      comment: 'app/features.ts lists the features; everything else in the window asks the registry.',
      from: { path: '^renderer/app/', pathNot: '^renderer/app/features\\.ts$' },
      to: { path: '^renderer/features/' },
    }),
    forbid({
      name: 'window-has-no-node',
      comment: 'The page runs in a sandbox: there is no Node in it.',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    }),
    confine(
      'electron-only-in-app',
      ['electron'],
      '^main/(app/|index\\.ts$)|^preload/',
      'Everything but the window runs headless under plain Node.',
    ),
    confine(
      'fastify-only-in-http',
      ['fastify', '@fastify', '@scalar'],
      '^main/transport/http/',
      'HTTP is one door of several; the engine knows no request.',
    ),
    confine(
      'models-run-in-their-own-process',
      ['onnxruntime-node'],
      '^main/inference/',
      'A model that crashes or hangs takes its process with it: no other may load the runtime.',
    ),
    confine(
      'processes-only-in-platform',
      ['child_process', 'execa'],
      '^main/platform/',
      'Every process is started, limited, killed and counted in one place.',
    ),
    confine(
      'sqlite-only-in-database',
      ['better-sqlite3'],
      '^main/platform/database/',
      'The database is opened, migrated and closed in one place; others get prepared statements from it.',
    ),
    forbid({
      name: 'no-cycles',
      comment: 'Modules in a circle can only be understood, tested and loaded all at once.',
      from: {},
      to: { circular: true },
    }),
    forbid({
      name: 'unused-modules',
      comment: 'A module that no entry reaches is dead. Use it or delete it.',
      from: { path: `${ENTRIES}|${WORKERS}` },
      to: { path: '^main/', pathNot: [ENTRIES, WORKERS], reachable: false },
    }),
    forbid({
      name: 'resolvable',
      comment: 'An import that leads nowhere fails when the program starts.',
      from: {},
      to: { couldNotResolve: true },
    }),
    forbid({
      name: 'no-undeclared-packages',
      comment: 'A package that package.json does not name is there by luck.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    }),
    forbid({
      name: 'main-ships-its-packages',
      comment:
        'The main side loads its packages when it runs: those in devDependencies are not shipped. (Electron is.)',
      from: { path: '^main/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/(electron|@types)/',
      },
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
