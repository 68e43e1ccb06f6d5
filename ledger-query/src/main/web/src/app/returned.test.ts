import { expect, it } from 'vitest';
import { handBack, handedBack } from './returned';

const ORIGIN = 'https://ledger.example';

it('what the issuer has sent goes to the page that asked for it, at our own origin only', () => {
  const sent: unknown[] = [];
  const words = handBack('?code=1&state=2', ORIGIN, { postMessage: (...given: unknown[]) => { sent.push(given); } });
  expect(sent).toEqual([[{ returned: '?code=1&state=2' }, ORIGIN]]);
  expect(words).toMatch(/goes on in the dashboard/);
});

it('a window that no page has opened says so', () => {
  expect(handBack('?code=1', ORIGIN, null)).toMatch(/not to be found: nobody is signed in/);
});

it('the page believes its own window alone, and that at its own origin', () => {
  const opened = {} as Window;
  const message = { data: { returned: '?code=1' }, origin: ORIGIN, source: opened };
  expect(handedBack(message, ORIGIN, opened)).toBe('?code=1');
  expect(handedBack({ ...message, origin: 'https://evil.example' }, ORIGIN, opened)).toBeUndefined();
  expect(handedBack({ ...message, source: {} as Window }, ORIGIN, opened)).toBeUndefined();
  for (const data of [undefined, null, 'code=1', {}, { returned: 1 }]) {
    expect(handedBack({ ...message, data }, ORIGIN, opened)).toBeUndefined();
  }
});
