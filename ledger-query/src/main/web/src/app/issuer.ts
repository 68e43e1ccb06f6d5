import * as oauth from 'oauth4webapi';
import { answered, NoAnswerError } from './answered';
import type { Config } from './config';

/** How long the issuer may take for an answer. */
const PATIENCE_MS = 20_000;

export type Issuer = NonNullable<Config['sign_in']>;

/** What one sign-in at the issuer is known by. Each is made for it, and is in the memory of this page alone. */
interface Attempt {
  /** The page of the issuer that people are sent to. */
  readonly address: URL;
  readonly redirect: string;
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly server: oauth.AuthorizationServer;
}

/**
 * Begins a sign-in at the issuer by an authorization code with PKCE (RFC 7636).
 *
 * @param redirect where the issuer returns people, which it knows
 * @throws Error with a sentence for people
 */
export async function begin(issuer: Issuer, redirect: string): Promise<Attempt> {
  const server = await described(issuer, new URL(redirect).origin);
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const address = new URL(server.authorization_endpoint ?? '');
  for (const [name, value] of Object.entries({ response_type: 'code', client_id: issuer.client_id,
    redirect_uri: redirect, scope: issuer.scope, state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' })) {
    address.searchParams.set(name, value);
  }
  return { address, redirect, verifier, state, nonce, server };
}

/** What the issuer says of itself. */
async function described(issuer: Issuer, page: string): Promise<oauth.AuthorizationServer> {
  const at = new URL(issuer.issuer);
  const server = await understood(at, page, async () =>
    oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, options(at))));
  for (const endpoint of [server.authorization_endpoint, server.token_endpoint]) {
    if (endpoint === undefined || !URL.canParse(endpoint)) {
      throw new Error(`${at.host} has no page to sign in at, or gives no tokens.`);
    }
  }
  if (new URL(server.token_endpoint ?? '').origin !== at.origin) {
    throw new Error(`${at.host} gives its tokens at ${new URL(server.token_endpoint ?? '').host}, which this page may `
      + 'not ask: it asks its issuer only.');
  }
  return server;
}

/** An access token, and what the issuer calls its person. */
interface Granted {
  readonly token: string;
  readonly name?: string;
}

/**
 * The access token of a sign-in whose window has returned.
 *
 * @param query with which the issuer has opened `/signed-in`
 * @throws Error with a sentence for people
 */
export async function end(issuer: Issuer, attempt: Attempt, query: string): Promise<Granted> {
  const at = new URL(issuer.issuer);
  const client: oauth.Client = { client_id: issuer.client_id };
  const { server, state, nonce, redirect, verifier } = attempt;
  const token = await understood(at, new URL(redirect).origin, async () => {
    const returned = oauth.validateAuthResponse(server, client, new URLSearchParams(query), state);
    return oauth.processAuthorizationCodeResponse(server, client, await oauth.authorizationCodeGrantRequest(server,
      client, oauth.None(), returned, redirect, verifier, options(at)), { expectedNonce: nonce, requireIdToken: true });
  });
  if (token.token_type !== 'bearer') {
    throw new Error(`${at.host} gives a token that is bound to a key (${token.token_type}), which the ledger `
      + 'refuses: nobody is signed in.');
  }
  const person = oauth.getValidatedIdTokenClaims(token);
  const name = [person?.name, person?.preferred_username, person?.email].find(each => typeof each === 'string');
  return { token: token.access_token, ...(name === undefined ? {} : { name: name as string }) };
}

/** An issuer over http is one of this machine: the service accepts no other. */
function options(issuer: URL) {
  return { [oauth.allowInsecureRequests]: issuer.protocol === 'http:', signal: () => AbortSignal.timeout(PATIENCE_MS),
    [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, URLSearchParams | undefined>) =>
      answered(() => fetch(url, { ...init as RequestInit, credentials: 'omit', referrerPolicy: 'no-referrer' })) };
}

/** What the issuer answers, or why it cannot be used as a sentence. */
async function understood<T>(issuer: URL, page: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (e) {
    throw new Error(sentence(issuer.host, page, e), { cause: e });
  }
}

function sentence(issuer: string, page: string, e: unknown): string {
  if (e instanceof NoAnswerError || (e instanceof DOMException && e.name === 'TimeoutError')) {
    return `${issuer} does not answer this page: it is away, or does not allow ${page} to ask.`;
  }
  if (e instanceof oauth.AuthorizationResponseError) {
    return e.error === 'access_denied'
      ? `${issuer} has not let you in: you have refused it there, or you may not use the dashboard.`
      : `${issuer} has not signed you in: ${worded(e)}.`;
  }
  if (e instanceof oauth.ResponseBodyError) {
    return `${issuer} gives no token: ${worded(e)}.`;
  }
  if (e instanceof oauth.OperationProcessingError && e.code === oauth.RESPONSE_IS_NOT_CONFORM) {
    const status = e.cause instanceof Response ? ` ${e.cause.status}` : '';
    return `${issuer} answers${status === '' ? ' something else than an issuer does' : status}.`;
  }
  if (e instanceof oauth.OperationProcessingError && e.code === oauth.JWT_TIMESTAMP_CHECK) {
    return `The clock of this machine and that of ${issuer} differ: nobody is signed in. Set the clock, and try again.`;
  }
  return `The answer of ${issuer} is none to this sign-in: nobody is signed in. Try again. (${(e as Error).message})`;
}

function worded({ error, error_description }: { readonly error: string; readonly error_description?: string }): string {
  return error_description ? `${error}, ${error_description.replace(/\.$/, '')}` : error;
}
