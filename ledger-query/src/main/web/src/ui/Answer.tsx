import type { ReactNode } from 'react';
import { Problem } from './Problem';

/** While something is read. */
export function Loading({ what = 'Reading the ledger' }: { what?: string }) {
  return <p className="loading" role="status">{what}…</p>;
}

/** Nothing to show, and why. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Shows an answer, or that it is read, or why there is none. An answer that was read stays while it is read again. */
export function Answer<T>({ of, children }: { of: Asked<T>; children: (data: T, failed: boolean) => ReactNode }) {
  if (of.data !== undefined) {
    return <>{children(of.data, of.error !== null)}</>;
  }
  return of.error === null ? <Loading /> : <Problem error={of.error} retry={() => void of.refetch()} />;
}
