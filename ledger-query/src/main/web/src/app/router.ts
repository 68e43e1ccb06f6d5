import { useSyncExternalStore } from 'react';

/** A place in the dashboard: what follows `#` in the URL. */
export interface Place {
  /** Begins with a slash, is decoded nowhere. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Reads `#/wallets/0x…?at_block=5`; anything that is no place is the first page. */
export function placeOf(hash: string): Place {
  const text = hash.replace(/^#/, '');
  const cut = text.indexOf('?');
  const path = cut < 0 ? text : text.slice(0, cut);
  return { path: path.startsWith('/') ? path : '/', query: new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1)) };
}

/** Values of a query; what is undefined or empty is left out. */
export type QueryValues = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** The link to a place. Each segment is encoded: `href('wallets', owner)`. */
export function href(segments: readonly string[], query: QueryValues = {}): string {
  const values = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value as string[] : [value as string | number | undefined]) {
      if (each !== undefined && each !== '') {
        values.append(name, String(each));
      }
    }
  }
  const text = values.toString();
  return `#/${segments.map(encodeURIComponent).join('/')}${text && `?${text}`}`;
}

/** The values of `/wallets/:owner` in a path, decoded; undefined where it is another one. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/').filter(each => each !== '');
  const found = path.split('/').filter(each => each !== '');
  if (wanted.length !== found.length) {
    return undefined;
  }
  const values: Record<string, string> = {};
  for (const [i, want] of wanted.entries()) {
    const segment = decoded(found[i] ?? '');
    if (want.startsWith(':') && segment !== undefined) {
      values[want.slice(1)] = segment;
    } else if (want !== segment) {
      return undefined;
    }
  }
  return values;
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

export function navigate(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'replace') {
    window.history.replaceState(null, '', to);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    window.location.hash = to.replace(/^#/, '');
  }
}

const changes = (changed: () => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

export function usePlace(): Place {
  return placeOf(useSyncExternalStore(changes, () => window.location.hash));
}

/** Parts of the query of this place, and how to change some of them: no new entry of the history. */
export function useQueryState(): [URLSearchParams, (change: QueryValues) => void] {
  const { path, query } = usePlace();
  const change = (values: QueryValues) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(values)) {
      next.delete(name);
      for (const each of Array.isArray(value) ? value as string[] : [value as string | number | undefined]) {
        if (each !== undefined && each !== '') {
          next.append(name, String(each));
        }
      }
    }
    const text = next.toString();
    navigate(`#${path}${text && `?${text}`}`, 'replace');
  };
  return [query, change];
}
