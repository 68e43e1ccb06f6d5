// What a client of the generated types looks like. Compiled, never run: it holds that the documents give useful types.
import createClient from 'openapi-fetch';
import type { paths as ChainIndexer } from './chain-indexer.js';
import type { paths as LedgerCommand } from './ledger-command.js';
import type { components, paths as LedgerQuery } from './ledger-query.js';

const headers = { Authorization: 'Bearer nlk_...' };
const query = createClient<LedgerQuery>({ baseUrl: 'http://127.0.0.1:8080', headers });
const command = createClient<LedgerCommand>({ baseUrl: 'http://127.0.0.1:8082', headers });
const indexer = createClient<ChainIndexer>({ baseUrl: 'http://127.0.0.1:8081', headers });

export async function balance(owner: string): Promise<string> {
  const { data, error } = await query.GET('/v1/ledgers/{owner}', {
    params: { path: { owner }, query: { at_block: 13, unit: '0G' } },
  });
  if (data) {
    return data.total_0g ?? data.total;
  }
  return problem(error);
}

// Codes are an enum: a program that switches on them is checked.
function problem(found: components['schemas']['Problem']): string {
  switch (found.code) {
    case 'ledger-not-found':
      return '0';
    case 'block-not-reached':
      return `ask again: ${found.detail}`;
    default:
      return `${found.type} ${found.request_id ?? ''}`;
  }
}

export async function report(request: string): Promise<string> {
  const { data, error } = await command.POST('/v1/usage', {
    body: {
      request_id: request,
      owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
      provider: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
      service: 'inference-v1.0',
      model: 'llama',
      units: { kind: 'images', count: 2, price: '5' },
      fee: '10',
      when: '2026-10-31T23:59:59Z',
      source: 'direct',
    },
  });
  return data?.outcome ?? error?.code ?? 'unknown';
}

export async function reconcile(): Promise<boolean> {
  return (await indexer.POST('/v1/admin/reconciliations')).response.status === 202;
}
