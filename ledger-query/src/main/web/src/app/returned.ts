/** What the page at `/signed-in` gives the one that has opened its window: what it was itself opened with. */
interface Returned {
  readonly returned: string;
}

/**
 * Hands the query with which the issuer has opened this window to the page that has asked for it, if that is a page of
 * the same origin. Returns what this window says until it is closed.
 */
export function handBack(query: string, origin: string, opener: Pick<Window, 'postMessage'> | null): string {
  if (opener === null) {
    return 'The page that has asked for this sign-in is not to be found: nobody is signed in. Close this window, open '
      + 'the dashboard and sign in again.';
  }
  const message: Returned = { returned: query };
  opener.postMessage(message, origin);
  return 'The sign-in goes on in the dashboard. You can close this window.';
}

/** The query of a message of that window at our own origin; undefined for every other message. */
export function handedBack(event: Pick<MessageEvent<unknown>, 'data' | 'origin' | 'source'>, origin: string,
  from: unknown): string | undefined {
  const { data } = event;
  return event.origin === origin && event.source === from && typeof data === 'object' && data !== null
    && 'returned' in data && typeof data.returned === 'string' ? data.returned : undefined;
}
