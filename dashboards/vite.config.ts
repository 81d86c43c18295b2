import { defineConfig } from 'vite';
import { pageFiles } from './page-files.ts';

/** Built into dist/, which the API process serves. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [pageFiles()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    // Few files that every page has, not many small ones that come one behind the other.
    rollupOptions: { output: { manualChunks: sharedChunk } },
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
  },
  logLevel: 'warn',
});

function sharedChunk(id: string): string | undefined {
  return /\/node_modules\/|\/src\/(chart|parts|text)\//.test(id) ? 'shared' : undefined;
}
