import { type LedgerClient } from 'neuron-ledger-client/browser';

/** A file that was saved, and whether its bytes are those that the service has promised. */
export interface SavedFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal; undefined where this page may not compute it: it has no secure connection. */
  readonly sha256: string | undefined;
  /** Undefined where nothing was promised, or nothing could be computed. */
  readonly right: boolean | undefined;
}

/** The name in a `Content-Disposition`. */
export function fileNameOf(disposition: string | null): string | undefined {
  return /(?:^|;)\s*filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
}

/** The SHA-256 of a `Repr-Digest`, hexadecimal. */
export function digestOf(header: string | null): string | undefined {
  const encoded = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(header ?? '')?.[1];
  return encoded === undefined ? undefined : hex(Uint8Array.from(atob(encoded), each => each.charCodeAt(0)));
}

/** How large a file is: `940 bytes`, `1.2 MB`. */
export function bytesText(bytes: number): string {
  const units: readonly (readonly [number, string])[] = [[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']];
  const unit = units.find(([size]) => bytes >= size);
  return unit === undefined ? `${bytes} bytes` : `${(Math.round(bytes / unit[0] * 10) / 10).toFixed(1)} ${unit[1]}`;
}

/** The SHA-256 of bytes, hexadecimal; undefined where a browser does not compute it. */
export async function sha256Of(bytes: ArrayBuffer): Promise<string | undefined> {
  return window.isSecureContext ? hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) : undefined;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, each => each.toString(16).padStart(2, '0')).join('');
}

/**
 * Reads a file of ledger-query with the caller's token, and has the browser save it.
 *
 * @param path with its query
 * @param otherwise the name where the answer has none
 */
export async function saveFile(ledger: LedgerClient, path: string, accept: string, otherwise: string):
Promise<SavedFile> {
  const answer = await ledger.stream(path, { headers: { Accept: accept } });
  const content = await answer.arrayBuffer();
  const name = fileNameOf(answer.headers.get('Content-Disposition')) ?? otherwise;
  const promised = digestOf(answer.headers.get('Repr-Digest'));
  const sha256 = await sha256Of(content);
  const url = URL.createObjectURL(new Blob([content], { type: accept }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // The browser has begun by then.
  return { name, bytes: content.byteLength, sha256,
    right: promised === undefined || sha256 === undefined ? undefined : promised === sha256 };
}
