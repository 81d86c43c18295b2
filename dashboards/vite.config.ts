import { defineConfig } from 'vite';

/** Built into dist/, which the API process serves. */
export default defineConfig({
  root: import.meta.dirname,
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', manifest: 'manifest.json' },
  logLevel: 'warn',
});
