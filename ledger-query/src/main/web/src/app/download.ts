import type { LedgerClient } from 'neuron-ledger-client/browser';

/**
 * Fetches a file with the token of the session and hands it to the browser: no token is in a URL.
 *
 * @param accept the media type
 */
export async function download(ledger: LedgerClient, path: string, accept: string, name: string): Promise<void> {
  const answer = await ledger.stream(path, { headers: { Accept: accept } });
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // Not before the browser has begun.
}
