// Prints each event of an owner, in order. Arguments: client.properties, the owner, the consumer group.
import { readFileSync } from 'node:fs';
import { consume, Kafka, logLevel } from '../typescript-client/dist/src/index.js';

const [file, owner, groupId] = process.argv.slice(2);
const settings = Object.fromEntries(readFileSync(file, 'utf8').split('\n').filter(line => /^[^#]+=/.test(line))
  .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).replace(/\\(.)/g, '$1')]));
const [, username, password] = settings['sasl.jaas.config'].match(/username="(.*?)" password="(.*?)"/);
const kafka = new Kafka({
  brokers: settings['bootstrap.servers'].split(','),
  ssl: settings['security.protocol'] === 'SASL_SSL',
  sasl: { mechanism: 'scram-sha-512', username, password },
  logLevel: logLevel.ERROR,
});
const print = record => {
  if (record.event.owner === owner.toLowerCase()) {
    console.log(JSON.stringify(record));
  }
};
// With `next` it would go on where what was made of the events was stored, also where the group is beyond that.
const { ended, stop } = await consume(kafka, groupId, { happened: print, retracted: print });
// Stopped by a signal, it leaves the group: the next start need not wait until Kafka misses it.
process.once('SIGTERM', stop).once('SIGINT', stop);
await ended;
