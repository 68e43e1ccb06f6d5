// Reads AsyncAPI documents with the AsyncAPI initiative's own parser, with all that they refer to, and prints each error
// and warning. Exit code 1 if there is one.
import { Parser, fromFile } from '@asyncapi/parser';

const WARNING = 1;
let faults = 0;
for (const file of process.argv.slice(2)) {
  const { diagnostics } = await fromFile(new Parser(), file).parse();
  for (const each of diagnostics.filter(found => found.severity <= WARNING)) {
    console.log(`${file}: ${each.code} at ${each.path.join('/')}: ${each.message}`);
    faults++;
  }
}
process.exitCode = faults === 0 ? 0 : 1;
