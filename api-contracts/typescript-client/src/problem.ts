import type { components } from '../generated/ledger-query.js';

/** The codes of ledger-query; those of the other services are texts. */
export type ProblemCode = components['schemas']['ProblemCode'];

/** A service has refused a request, or could not answer it: its problem document (RFC 9457). Switch on `code`. */
export class ProblemError extends Error {
  /** 400 to 599, or that of a redirect, 300 to 399. */
  readonly status: number;
  /** What has happened, which never changes its meaning; undefined where something else has answered. */
  readonly code: ProblemCode | (string & {}) | undefined;
  /** The description of this case, for people. */
  readonly detail: string | undefined;
  /** The name of the request in the service's log. */
  readonly requestId: string | undefined;
  /** The parameter to blame, where there is one. */
  readonly parameter: string | undefined;
  /** After how many seconds the service expects the request again. */
  readonly retryAfter: number | undefined;

  constructor(request: string, status: number, body: string, retryAfter: number | undefined) {
    const found = document(body);
    const text = (name: string) => (typeof found[name] === 'string' ? (found[name] as string) : undefined);
    const code = text('code');
    super(code === undefined ? `${request}: ${status}, without a problem document: ${body.slice(0, 500)}`
      : `${request}: ${status} ${code}: ${text('detail') ?? ''}${
        text('request_id') === undefined ? '' : ` (request ${text('request_id')})`}`);
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.detail = text('detail');
    this.requestId = text('request_id');
    this.parameter = text('parameter');
    this.retryAfter = retryAfter;
  }
}

function document(body: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body);
    return read !== null && typeof read === 'object' ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
