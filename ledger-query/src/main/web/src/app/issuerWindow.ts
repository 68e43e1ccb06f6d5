import { home } from './config';
import type { begin, end, Issuer } from './issuer';
import { handedBack } from './returned';

/** How often the page looks whether its window is still there. */
const LOOK_MS = 300;

/**
 * The token of somebody who signs in at the issuer's own page, in a window of its own. To be called where a click is
 * handled: otherwise browsers open no window.
 *
 * @param left they do something else: the window is closed
 * @throws Error with a sentence for people
 */
export async function tokenByWindow(issuer: Issuer, left?: AbortSignal): ReturnType<typeof end> {
  const opened = window.open('about:blank', '_blank', 'popup,width=520,height=720');
  if (opened === null) {
    throw new Error('The browser has not opened a window: allow this page to open windows, and try again.');
  }
  try {
    const protocol = await import('./issuer'); // Whoever signs in otherwise does not load it.
    const attempt = await protocol.begin(issuer, `${home()}/signed-in`);
    const query = await returned(opened, attempt, left);
    return await protocol.end(issuer, attempt, query);
  } finally {
    opened.close();
  }
}

/** The query with which the issuer sends the window back. */
function returned(opened: Window, { address }: Awaited<ReturnType<typeof begin>>, left?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const closed = () => reject(
      new Error('The window was closed before the sign-in was complete: nobody is signed in.'));
    let gone = false;
    const timer = setInterval(() => {
      if (gone) { // Not at once: its last message may be on its way.
        closed();
        over.abort();
      }
      gone = opened.closed;
    }, LOOK_MS);
    over.signal.addEventListener('abort', () => clearInterval(timer));
    left?.addEventListener('abort', () => {
      closed();
      over.abort();
    }, { signal: over.signal });
    window.addEventListener('message', event => {
      const query = handedBack(event, window.location.origin, opened);
      if (query !== undefined) {
        resolve(query);
        over.abort();
      }
    }, { signal: over.signal });
    opened.location.replace(address);
  });
}
