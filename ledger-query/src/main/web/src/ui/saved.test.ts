import { expect, test } from 'vitest';
import { bytesText, digestOf, fileNameOf } from './saved';

test('a file has the name that its answer gives it', () => {
  expect(fileNameOf('attachment; filename="settlements-33.csv"')).toBe('settlements-33.csv');
  expect(fileNameOf('attachment; filename=all.journal; size=5')).toBe('all.journal');
  expect(fileNameOf('attachment')).toBeUndefined();
  expect(fileNameOf(null)).toBeUndefined();
});

test('a digest is read as hexadecimal digits', () => {
  expect(digestOf('sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:'))
    .toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(digestOf('sha-512=:AAAA:, sha-256=:AP8=:')).toBe('00ff');
  expect(digestOf('sha-512=:AAAA:')).toBeUndefined();
  expect(digestOf(null)).toBeUndefined();
});

test('sizes are shown by their largest unit', () => {
  expect([0, 999, 1_000, 1_250_000, 3_000_000_000].map(bytesText))
    .toEqual(['0 bytes', '999 bytes', '1.0 kB', '1.3 MB', '3.0 GB']);
});
