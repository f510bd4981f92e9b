/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The built page is committed (`prebuilt/`) and embedded in the program. What lies in assets/ carries a hash in its name:
// the server lets browsers keep it for a year.
export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [svelte()],
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  build: {
    outDir: process.env['STEELYARD_PAGE_OUT'] ?? 'prebuilt',
    emptyOutDir: true,
    target: 'es2022',
    // Without this the bundler would put small files into the page as data: addresses, which the server's policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        entryFileNames: 'assets/page-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/page-[hash][extname]',
      },
    },
  },
  server: { proxy: { '/api': process.env['STEELYARD_SERVER'] ?? 'http://127.0.0.1:8080' } },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], restoreMocks: true },
}));
