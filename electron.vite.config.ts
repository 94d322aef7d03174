import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

/** Programs of the main side: what Electron starts, what Node starts, and the workers and processes that both start. */
export const mainEntries = {
  index: 'main/index.ts',
  serve: 'main/serve.ts',
  ingest: 'main/ingest.ts',
  library: 'main/library.ts',
  'database-worker': 'main/platform/database/database-worker.ts',
  'part-worker': 'main/engine/objects/part-worker.ts',
  'analytics-worker': 'main/engine/engagement/analytics-worker.ts',
  'detection-worker': 'main/engine/scenes/detection-worker.ts',
  'maintenance-worker': 'main/engine/maintenance/maintenance-worker.ts',
  inference: 'main/inference/index.ts',
  'inference-worker': 'main/inference/model-worker.ts',
}

// The oldest runtimes this is started in. electron-vite would take those of the installed electron package instead.
const NODE = 'node20.18'
const CHROME = 'chrome130'

// Pure JavaScript that every start loads: bundled it is a few files to read instead of hundreds
const BUNDLED = ['zod', 'execa', 'env-paths']

const absolute = (entries: Record<string, string>) =>
  Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)]))

export default defineConfig({
  main: {
    build: {
      outDir: path.join(root, 'out/main'),
      target: NODE,
      sourcemap: true,
      externalizeDeps: { exclude: BUNDLED },
      rolldownOptions: {
        input: absolute(mainEntries),
        // Whoever imports a part of these folders does not load the rest of them
        treeshake: {
          moduleSideEffects: [{ test: /main[\\/]platform[\\/](files|processes)[\\/]/, sideEffects: false }],
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // What threads need besides their own: without the rest, above all zod, one starts in a third of the time
          codeSplitting: {
            groups: [
              {
                name: 'threads',
                test: /main[\\/](contract[\\/]errors|platform[\\/](files[\\/](failure|crash-points)|processes[\\/](serve|messages)))\.ts$/,
              },
            ],
          },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: path.join(root, 'out/preload'),
      target: NODE,
      rolldownOptions: {
        input: absolute({ index: 'preload/index.ts' }),
        // a sandboxed preload has to be one CommonJS file, and this package's .js files are modules
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'renderer'),
    plugins: [react()],
    build: {
      outDir: path.join(root, 'out/renderer'),
      target: CHROME,
      // the page's content security policy forbids inline scripts and data: fonts, so nothing may be inlined
      modulePreload: false,
      minify: true,
      assetsInlineLimit: 0,
      rolldownOptions: { input: absolute({ index: 'renderer/index.html' }) },
    },
  },
})
