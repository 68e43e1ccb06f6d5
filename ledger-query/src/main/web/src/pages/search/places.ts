import type { LedgerQuery } from 'neuron-ledger-client/browser';
import { href } from '../../app/router';

export type Hit = LedgerQuery['schemas']['SearchHit'];

/** The page of what a search has found. */
export function placeOfHit(hit: Hit): string {
  switch (hit.type) {
    case 'ledger':
    case 'usage':
      return href(['wallets', hit.id]);
    case 'sub-account':
      return href(['wallets', hit.owner ?? hit.id]);
    case 'provider':
      return href(['providers', hit.id]);
    case 'transaction':
      return href(['transactions', hit.id]);
    case 'block':
      return href(['blocks', String(hit.block ?? hit.id)]);
    case 'entry':
      return href(['entries', hit.id]);
    case 'settlement':
      return href(['settlements', hit.id]);
    case 'request':
      return hit.owner === undefined ? href(['search'], { q: hit.id })
        : href(['wallets', hit.owner], { request_id: hit.id });
  }
}
