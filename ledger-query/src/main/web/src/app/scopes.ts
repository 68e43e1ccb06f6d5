/** What a caller may do, as the services name it. */
export type Scope = 'ledger:read' | 'ledger:read:own' | 'usage:write' | 'finance:read' | 'finance:write'
  | 'metrics:read' | 'access-log:read' | 'events:subscribe' | 'admin';

const KNOWN: ReadonlySet<string> = new Set<Scope>(['ledger:read', 'ledger:read:own', 'usage:write', 'finance:read',
  'finance:write', 'metrics:read', 'access-log:read', 'events:subscribe', 'admin']);

/** What a token says of itself. Only a service can say whether it is good. */
export interface TokenClaims {
  /** Undefined where they cannot be read: an API key, or an issuer with role names of its own. */
  readonly scopes: ReadonlySet<Scope> | undefined;
  /** Who it is, as the issuer names it. */
  readonly subject: string | undefined;
}

/** Reads the claims of a JWT; anything else has none. */
export function claimsOf(token: string): TokenClaims {
  const claims = payload(token);
  const subject = typeof claims?.sub === 'string' ? claims.sub : undefined;
  const named = words(claims?.roles) ?? words(claims?.scope);
  if (named === undefined || !named.every(each => KNOWN.has(each))) {
    return { scopes: undefined, subject };
  }
  return { scopes: new Set(named as Scope[]), subject };
}

function words(claim: unknown): string[] | undefined {
  if (typeof claim === 'string') {
    return claim.split(' ').filter(each => each !== '');
  }
  return Array.isArray(claim) && claim.every(each => typeof each === 'string') ? claim : undefined;
}

function payload(token: string): Record<string, unknown> | undefined {
  const middle = token.split('.')[1];
  if (middle === undefined) {
    return undefined;
  }
  try {
    const bytes = Uint8Array.from(atob(middle.replace(/-/g, '+').replace(/_/g, '/')), each => each.charCodeAt(0));
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return read !== null && typeof read === 'object' ? read as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
