// Prints each event of an owner, in order. Arguments: client.properties, the owner, the consumer group.
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';

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
const consumer = kafka.consumer({ groupId }); // commits its position after each batch
const next = new Map(); // by partition; store it together with what you make of the events
await consumer.connect();
await consumer.subscribe({ topic: 'ledger.public-events.v1', fromBeginning: true }); // where the group is new
await consumer.run({
  eachMessage: async ({ partition, message }) => {
    const id = message.headers.ce_id.toString(); // partition and number
    const seq = Number(id.split('-')[1]);
    const expected = next.get(partition) ?? seq;
    if (seq > expected) {
      console.error(`events are missing before ${id}`);
      process.exit(1);
    }
    if (seq === expected && message.key.toString() === owner.toLowerCase()) { // below: read before
      console.log(message.value.toString());
    }
    next.set(partition, Math.max(expected, seq + 1));
  },
});
