import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds the API: a running gateway, or the mock of `npm run mock`. */
const api = process.env.TENURE_URL ?? 'http://127.0.0.1:4010';

export default defineConfig({
  plugins: [react()],
  base: './',
  build: {
    // Packed into the module's jar, where the gateway finds it on the class path.
    outDir: 'target/classes/console',
    emptyOutDir: true,
    // Every file is hashed and same-origin, so the page needs no inline script or data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome123', 'firefox121', 'safari17.5'],
  },
  server: { proxy: { '/api': api } },
  test: { include: ['src/**/*.test.{ts,tsx}'], reporters: ['default'] },
});
