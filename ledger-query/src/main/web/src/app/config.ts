/** What `/dashboard.json` says of the deployment. What is not set is absent. */
export interface Config {
  /** The public addresses of the other services, without a slash at the end. */
  readonly services: { readonly command?: string; readonly indexer?: string };
  /** An OAuth issuer whose one-time codes sign in. */
  readonly sign_in?: { readonly issuer: string; readonly client_id: string };
  /** The contracts that are followed. */
  readonly chain?: { readonly id: number; readonly contract: string; readonly family: string };
}

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
