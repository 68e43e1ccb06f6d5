import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

const ROOT = new URL('../../../../', import.meta.url).pathname;

/** Addresses of a running stack, for `npm run dev`: see docs/development.md. */
export default defineConfig(({ mode }) => {
  const given = loadEnv(mode, ROOT, 'LEDGER_');
  const query = given.LEDGER_QUERY ?? 'http://127.0.0.1:8080';
  const command = given.LEDGER_COMMAND ?? 'http://127.0.0.1:8082';
  const indexer = given.LEDGER_INDEXER ?? 'http://127.0.0.1:8081';
  const port = Number(given.LEDGER_DEV_PORT ?? 5181);
  const origin = `http://127.0.0.1:${port}`;
  // The services take the requests as those of a page of their own.
  const of = (target: string) => ({ target, changeOrigin: true, headers: { origin: target } });
  const under = (prefix: string, target: string) => ({ [prefix]: { ...of(target),
    rewrite: (path: string) => path.slice(prefix.length) || '/' } });
  return {
    base: './',
    plugins: [react(), {
      name: 'dashboard-json',
      configureServer: server => {
        server.middlewares.use('/dashboard.json', (_, response) => {
          response.setHeader('Content-Type', 'application/json');
          response.end(JSON.stringify({
            services: { command: `${origin}/command`, indexer: `${origin}/indexer` },
            ...(given.LEDGER_ISSUER ? { sign_in: { issuer: `${origin}/issuer`, client_id: 'dashboard', way: 'code',
              scope: 'openid' } } : {}),
            ...(given.LEDGER_CONTRACT ? { chain: { id: Number(given.LEDGER_CHAIN_ID ?? 31337),
              contract: given.LEDGER_CONTRACT, family: given.LEDGER_FAMILY ?? 'account-ledger' } } : {}),
          }));
        });
      },
    }],
    build: {
      outDir: `${ROOT}ledger-query/target/classes/dashboard`,
      emptyOutDir: true,
      target: ['chrome125', 'firefox128', 'safari17.5'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: ['index.html', 'signed-in.html'] },
    },
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      fs: { allow: [ROOT] },
      proxy: {
        '/v1': of(query),
        '/actuator': of(query),
        ...under('/command', command),
        ...under('/indexer', indexer),
        ...(given.LEDGER_ISSUER ? under('/issuer', given.LEDGER_ISSUER) : {}),
      },
    },
    test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'] },
  };
});
