import { expect, it } from 'vitest';
import { namedLike } from './codes';

it('a page at another name of this machine is to be opened at the name of the issuer', () => {
  expect(namedLike('http://localhost:8080/', 'http://127.0.0.1:9000')).toBe('http://127.0.0.1:8080/');
  expect(namedLike('http://127.0.0.1:8080/', 'http://127.0.0.1:9000')).toBeUndefined();
  expect(namedLike('https://ledger.example/', 'https://id.example')).toBeUndefined();
  expect(namedLike('http://localhost:8080/', 'https://id.example')).toBeUndefined();
});
