// Prints what an owner has, and each of its settlements, in 0G. Arguments: ledger-query, a header file, the owner.
import { readFileSync } from 'node:fs';
import { answer, LedgerClient, lines, neuron, ProblemError, zeroG } from '../typescript-client/dist/src/index.js';

const [query, header, owner] = process.argv.slice(2);
const token = readFileSync(header, 'utf8').trim().replace('Authorization: Bearer ', '');
const ledger = new LedgerClient({ query }, { token });
try {
  const has = await answer(ledger.query.GET('/v1/ledgers/{owner}', { params: { path: { owner } } }));
  console.log(`${has.state}: ${zeroG(neuron(has.total))} 0G`);
  const settlements = lines(ledger.query, '/v1/settlements', 'settlements', { query: { owner } });
  for await (const { id, state, amount } of settlements) {
    console.log(`${id} ${state} ${zeroG(neuron(amount))}`);
  }
} catch (e) {
  if (!(e instanceof ProblemError)) throw e;
  console.log(e.code === 'ledger-not-found' ? 'no ledger' : e.message);
}
