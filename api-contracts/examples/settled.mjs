// Prints what providers take from an owner, in 0G. Arguments: ledger-query, a header file, the owner.
import { readFileSync } from 'node:fs';
import { LedgerClient, neuron, subscribe, zeroG } from '../typescript-client/dist/src/index.js';

const [query, header, owner] = process.argv.slice(2);
const token = readFileSync(header, 'utf8').trim().replace('Authorization: Bearer ', '');
// Without `until` it goes on for ever, through broken connections and restarts of the ledger.
const events = subscribe(new LedgerClient({ query }, { token }), { owner, after: 'beginning', until: 'now' });
for await (const { record: { event } } of events) { // Store each id with what you do, to go on there.
  if (event.type === 'fees-settled.v1') {
    console.log(`settled ${zeroG(neuron(event.amount))}`);
  } else if (event.type === 'ledger-rewound.v1') {
    console.log(`taken back from block ${event.from_block} on`);
  }
}
