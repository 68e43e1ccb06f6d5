import { answered, NoAnswerError } from './answered';
import { home } from './config';

/**
 * The token of a one-time code: an OAuth authorization code that was made beforehand and is its own PKCE verifier.
 *
 * @throws Error with a sentence for people
 */
export async function codeGrant(issuer: { readonly issuer: string; readonly client_id: string },
  code: string): Promise<string> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(code)) {
    throw new Error('A code has 43 letters, digits, - and _: copy all of it.');
  }
  const answer = await answered(() => fetch(`${issuer.issuer.replace(/\/$/, '')}/oauth2/token`, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: issuer.client_id, code,
      code_verifier: code, redirect_uri: `${home()}/` }),
  })).catch((e: unknown) => {
    const at = e instanceof NoAnswerError ? namedLike(`${home()}/`, issuer.issuer) : undefined;
    throw at === undefined ? e : new Error(`The issuer does not answer this page. It answers at the printed address `
      + `only: open ${at}, where the code is still good.`, { cause: e });
  });
  const read = await answer.json().catch(() => ({})) as { access_token?: unknown; error?: unknown };
  if (answer.ok && typeof read.access_token === 'string') {
    return read.access_token;
  }
  throw new Error(read.error === 'invalid_grant'
    ? 'This code is not good: it was used before, is too old, or is of another ledger.'
    : `The issuer answers ${answer.status}${typeof read.error === 'string' ? `: ${read.error}` : ''}.`);
}

const THIS_MACHINE: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The address of a page on this machine with the name that the issuer has: to a browser another name is another site.
 * Undefined where the names do not differ, or are not both of this machine.
 */
export function namedLike(page: string, issuer: string): string | undefined {
  const at = new URL(page);
  const { hostname } = new URL(issuer, page);
  if (at.hostname === hostname || ![at.hostname, hostname].every(each => THIS_MACHINE.includes(each))) {
    return undefined;
  }
  at.hostname = hostname;
  return at.href;
}
