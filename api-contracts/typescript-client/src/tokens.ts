/** The bearer token of the next request. Asked before each one, so that a token can be replaced before it expires. */
export type TokenSource = () => string | undefined | Promise<string | undefined>;

/** A token is not used in its last minute: the request takes time, and clocks differ. */
const MARGIN_MS = 60_000;

/**
 * Tokens of an OIDC issuer for a client with a secret; a new one before the last one expires.
 *
 * @param issuer its URL, without a slash at the end
 * @param now milliseconds since 1970, by which tokens expire
 */
export function clientCredentials(issuer: string, clientId: string, secret: string,
  now: () => number = Date.now): TokenSource {
  let granted: Promise<{ token: string; until: number }> | undefined;
  const grant = async () => {
    const { token_endpoint: endpoint } = await json(`${issuer}/.well-known/openid-configuration`);
    const answer = await json(String(endpoint), {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    return { token: String(answer.access_token), until: now() + Number(answer.expires_in) * 1000 - MARGIN_MS };
  };
  return async () => {
    const before = granted;
    const current = await before?.catch(() => undefined);
    if (granted === before && (current === undefined || now() >= current.until)) { // Else another caller has asked.
      granted = grant();
    }
    return (await granted)?.token;
  };
}

async function json(url: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(url, init);
  if (!answer.ok) {
    throw new Error(`${url} answers ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  }
  return await answer.json() as Record<string, unknown>;
}
