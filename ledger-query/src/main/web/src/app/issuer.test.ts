import { afterEach, expect, it, vi } from 'vitest';
import { begin, end } from './issuer';

const ISSUER = { issuer: 'https://id.example/realms/all', client_id: 'dashboard', way: 'window',
  scope: 'openid ledger' } as const;
const PAGE = 'https://ledger.example';
const REDIRECT = `${PAGE}/signed-in`;
const DESCRIBED = { issuer: ISSUER.issuer, authorization_endpoint: 'https://id.example/authorize?tenant=1',
  token_endpoint: 'https://id.example/token' };
type Attempt = Awaited<ReturnType<typeof begin>>;

afterEach(() => vi.unstubAllGlobals());

const json = (body: unknown, status = 200) => Response.json(body, { status });

/** An issuer that answers like this; what it is asked. */
function issuer(described: () => Response | Promise<Response>, token: () => Response = () => json({}, 500)) {
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return url.endsWith('/.well-known/openid-configuration') ? described() : token();
  });
  return asked;
}

function idToken(claims: Record<string, unknown>): string {
  const part = (of: unknown) => btoa(JSON.stringify(of)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const now = Math.floor(Date.now() / 1000);
  return `${part({ alg: 'RS256' })}.${part({ iss: ISSUER.issuer, sub: 'u-1', aud: 'dashboard', iat: now, exp: now + 300,
    ...claims })}.${'x'.repeat(340)}`;
}

async function begun(token: (attempt: Attempt) => Response): Promise<Attempt> {
  issuer(() => json(DESCRIBED), () => token(attempt));
  const attempt: Attempt = await begin(ISSUER, REDIRECT);
  return attempt;
}

const granted = ({ nonce }: { readonly nonce: string }, claims = {}) => json({ access_token: 'eyJ.token',
  token_type: 'Bearer', expires_in: 300, id_token: idToken({ nonce, ...claims }) });

it('people are sent to the issuer with what only this sign-in has', async () => {
  const asked = issuer(() => json(DESCRIBED));
  const [one, other] = [await begin(ISSUER, REDIRECT), await begin(ISSUER, REDIRECT)];
  expect(asked[0]?.url).toBe(`${ISSUER.issuer}/.well-known/openid-configuration`);
  expect(asked[0]?.init.credentials).toBe('omit');
  expect(one.address.href).toMatch(/^https:\/\/id\.example\/authorize\?tenant=1&/);
  expect(Object.fromEntries(one.address.searchParams)).toMatchObject({ response_type: 'code', client_id: 'dashboard',
    redirect_uri: REDIRECT, scope: 'openid ledger', state: one.state, nonce: one.nonce,
    code_challenge_method: 'S256' });
  expect(one.address.href).not.toContain(one.verifier);
  for (const each of ['state', 'nonce', 'verifier'] as const) {
    expect(one[each]).not.toBe(other[each]);
    expect(one[each].length).toBeGreaterThanOrEqual(43);
  }
});

it('the code becomes the token at the issuer, with the verifier and without cookies', async () => {
  let answerTo: Attempt | undefined;
  const asked = issuer(() => json(DESCRIBED),
    () => granted(answerTo!, { name: 'Ann Example', email: 'ann@x.example' }));
  answerTo = await begin(ISSUER, REDIRECT);
  expect(await end(ISSUER, answerTo, `?code=c-1&state=${answerTo.state}`))
    .toEqual({ token: 'eyJ.token', name: 'Ann Example' });
  const { url, init } = asked[1]!;
  expect(url).toBe(DESCRIBED.token_endpoint);
  expect(init).toMatchObject({ method: 'POST', credentials: 'omit' });
  expect(Object.fromEntries(new URLSearchParams(init.body as URLSearchParams))).toEqual({ client_id: 'dashboard',
    code: 'c-1', code_verifier: answerTo.verifier, grant_type: 'authorization_code', redirect_uri: REDIRECT });
});

it('somebody without a name is called as the issuer calls the subject', async () => {
  const attempt = await begun(granted);
  expect(await end(ISSUER, attempt, `?code=1&state=${attempt.state}`)).toEqual({ token: 'eyJ.token' });
});

it.each([
  ['another state', () => '?code=1&state=another', /none to this sign-in: nobody is signed in/],
  ['no state', () => '?code=1', /none to this sign-in/],
  ['a refusal to another sign-in', () => '?error=access_denied&state=another', /none to this sign-in/],
  ['another issuer', ({ state }: Attempt) => `?code=1&state=${state}&iss=https://evil.example`, /none to this sign-in/],
  ['no code', ({ state }: Attempt) => `?state=${state}`, /none to this sign-in/],
  ['a token in the address', ({ state }: Attempt) => `?code=1&state=${state}&token=eyJ`, /none to this sign-in/],
  ['a refusal', ({ state }: Attempt) => `?error=access_denied&state=${state}`, /^id\.example has not let you in: /],
  ['an error with a description', ({ state }: Attempt) =>
    `?error=invalid_scope&error_description=There+is+no+ledger.&state=${state}`,
  /^id\.example has not signed you in: invalid_scope, There is no ledger\.$/],
  ['an error without', ({ state }: Attempt) => `?error=server_error&state=${state}`, /signed you in: server_error\.$/],
] as const)('a window that returns with %s signs nobody in', async (_, query, sentence) => {
  const attempt = await begun(granted);
  await expect(end(ISSUER, attempt, query(attempt))).rejects.toThrow(sentence);
});

it.each([
  ['of another sign-in', () => granted({ nonce: 'another' }), /none to this sign-in/],
  ['for another client', (attempt: Attempt) => granted(attempt, { aud: 'other' }), /none to this sign-in/],
  ['of another issuer', (attempt: Attempt) => granted(attempt, { iss: 'https://evil.example' }),
    /none to this sign-in/],
  ['that has ended by this clock', (attempt: Attempt) => granted(attempt, { exp: 1 }), /clock .* differ/],
  ['without a word about the person', () => json({ access_token: 'eyJ', token_type: 'Bearer' }),
    /none to this sign-in/],
  ['that is refused', () => json({ error: 'invalid_grant', error_description: 'It is too old' }, 400),
    /^id\.example gives no token: invalid_grant, It is too old\.$/],
  ['that is a failure', () => new Response('Bad gateway', { status: 502 }), /^id\.example answers 502\.$/],
  ['that is a token of a key', (attempt: Attempt) => json({ ...{ access_token: 'eyJ', token_type: 'DPoP' },
    id_token: idToken({ nonce: attempt.nonce }) }), /nobody is signed in/],
  ['that is no JSON', () => new Response('hello', { headers: { 'Content-Type': 'text/html' } }), /none to this/],
] as const)('an answer %s signs nobody in', async (_, answer, sentence) => {
  const attempt = await begun(answer);
  await expect(end(ISSUER, attempt, `?code=1&state=${attempt.state}`)).rejects.toThrow(sentence);
});

it.each([
  ['is away', () => Promise.reject(new TypeError('fetch failed')),
    /^id\.example does not answer this page: it is away, or does not allow https:\/\/ledger\.example to ask\.$/],
  ['takes its time', () => Promise.reject(new DOMException('late', 'TimeoutError')), /does not answer this page/],
  ['describes nothing', () => new Response('', { status: 404 }), /^id\.example answers 404\.$/],
  ['is another one', () => json({ ...DESCRIBED, issuer: 'https://evil.example' }), /nobody is signed in/],
  ['has no page', () => json({ ...DESCRIBED, authorization_endpoint: undefined }), /no page to sign in at/],
  ['gives its tokens elsewhere', () => json({ ...DESCRIBED, token_endpoint: 'https://tokens.example/' }),
    /^id\.example gives its tokens at tokens\.example, which this page may not ask/],
] as const)('an issuer that %s is named', async (_, described, sentence) => {
  issuer(described);
  await expect(begin(ISSUER, REDIRECT)).rejects.toThrow(sentence);
});
