import type { LedgerQuery } from 'neuron-ledger-client/browser';

/** What `/dashboard.json` says of the deployment. What is not set is absent. */
export type Config = LedgerQuery['schemas']['Dashboard'];

/** Where the dashboard is served, which is where ledger-query answers, without a slash at the end. */
export function home(): string {
  return new URL('.', window.location.href).href.replace(/\/$/, '');
}

/** @throws Error where the answer is none */
export async function readConfig(): Promise<Config> {
  const answer = await fetch(`${home()}/dashboard.json`);
  if (!answer.ok) {
    throw new Error(`dashboard.json answers ${answer.status}`);
  }
  return await answer.json() as Config;
}
