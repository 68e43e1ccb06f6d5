// Reports a served request, and sees it. Arguments: ledger-query, ledger-command, the provider's and a reader's file.
import { readFileSync } from 'node:fs';
import { answer, LedgerClient, lines } from '../typescript-client/dist/src/index.js';

const [query, command, provider, reader] = process.argv.slice(2);
const key = file => readFileSync(file, 'utf8').trim().replace('Authorization: Bearer ', '');
const owner = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
// Sent again where an answer is lost: the request id counts once.
const { outcome, token } = await answer(new LedgerClient({ command }, { token: key(provider) })
  .command.POST('/v1/usage', { body: { request_id: 'from-javascript', owner,
    provider: '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955', service: 'inference-v1.0', model: 'whisper-large-v3',
    units: { kind: 'seconds', count: 2, price: '5' }, fee: '10', when: new Date().toISOString(), source: 'direct' } }));
const seeing = new LedgerClient({ query }, { token: key(reader) }).seeing(token);
for await (const { fee, state } of lines(seeing.query, '/v1/ledgers/{owner}/usage', 'usage',
  { path: { owner }, query: { request_id: 'from-javascript' } })) {
  console.log(`${outcome}: ${fee} neuron ${state}`);
}
