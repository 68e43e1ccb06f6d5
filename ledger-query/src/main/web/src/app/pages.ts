import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { matchPath } from './router';
import type { Scope } from './scopes';

/** What a page is given: the values of its path. */
export interface PageProps {
  readonly values: Readonly<Record<string, string>>;
}

export interface Page {
  /** `/wallets/:owner`. */
  readonly pattern: string;
  /** Its name in the navigation; absent where it is reached from another page. */
  readonly nav?: string;
  readonly group: 'Money' | 'Finance' | 'Administration' | 'Marketplace';
  /** Any one of these is enough to see it; empty: any caller. */
  readonly needs: readonly Scope[];
  readonly show: LazyExoticComponent<ComponentType<PageProps>>;
}

const READ: readonly Scope[] = ['ledger:read'];
const OWN: readonly Scope[] = ['ledger:read', 'ledger:read:own'];
const FINANCE: readonly Scope[] = ['finance:read'];

/** Every page, in the order of the navigation. Each is a chunk of its own. */
export const PAGES: readonly Page[] = [
  { pattern: '/', nav: 'Overview', group: 'Money', needs: [],
    show: lazy(() => import('../pages/overview/Overview')) },
  { pattern: '/wallets', nav: 'Wallets', group: 'Money', needs: OWN,
    show: lazy(() => import('../pages/wallet/Wallets')) },
  { pattern: '/wallets/:owner', group: 'Money', needs: OWN, show: lazy(() => import('../pages/wallet/Wallet')) },
  { pattern: '/providers', nav: 'Providers', group: 'Money', needs: READ,
    show: lazy(() => import('../pages/provider/Providers')) },
  { pattern: '/prices', nav: 'Prices', group: 'Money', needs: READ,
    show: lazy(() => import('../pages/provider/Prices')) },
  { pattern: '/providers/:provider', group: 'Money', needs: READ,
    show: lazy(() => import('../pages/provider/Provider')) },
  { pattern: '/search', group: 'Money', needs: OWN, show: lazy(() => import('../pages/search/Search')) },
  { pattern: '/entries/:id', group: 'Money', needs: OWN, show: lazy(() => import('../pages/search/Entry')) },
  { pattern: '/transactions/:hash', group: 'Money', needs: READ,
    show: lazy(() => import('../pages/search/Transaction')) },
  { pattern: '/blocks/:block', group: 'Money', needs: READ, show: lazy(() => import('../pages/search/Block')) },
  { pattern: '/settlements', nav: 'Settlements', group: 'Finance', needs: FINANCE,
    show: lazy(() => import('../pages/settlements/Settlements')) },
  { pattern: '/settlements/:id', group: 'Finance', needs: FINANCE,
    show: lazy(() => import('../pages/settlements/Settlement')) },
  { pattern: '/periods/:period', group: 'Finance', needs: FINANCE,
    show: lazy(() => import('../pages/settlements/Period')) },
  { pattern: '/checks', nav: 'Checks', group: 'Finance', needs: FINANCE,
    show: lazy(() => import('../pages/checks/Checks')) },
  { pattern: '/alerts', nav: 'Alerts', group: 'Administration', needs: ['events:subscribe', 'ledger:read:own'],
    show: lazy(() => import('../pages/alerts/Alerts')) },
  { pattern: '/webhooks', nav: 'Webhooks', group: 'Administration',
    needs: ['events:subscribe', 'ledger:read:own', 'admin'],
    show: lazy(() => import('../pages/webhooks/Webhooks')) },
  { pattern: '/webhooks/:id', group: 'Administration', needs: ['events:subscribe', 'ledger:read:own', 'admin'],
    show: lazy(() => import('../pages/webhooks/Webhook')) },
  { pattern: '/keys', nav: 'Keys', group: 'Administration', needs: [],
    show: lazy(() => import('../pages/keys/Keys')) },
  { pattern: '/access-log', nav: 'Access log', group: 'Administration', needs: ['access-log:read'],
    show: lazy(() => import('../pages/access/AccessLog')) },
];

/** The page of a path and the values in it. */
export function pageOf(path: string): { page: Page; values: PageProps['values'] } | undefined {
  for (const page of PAGES) {
    const values = matchPath(page.pattern, path);
    if (values !== undefined) {
      return { page, values };
    }
  }
  return undefined;
}
