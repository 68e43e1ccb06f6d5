import assert from 'node:assert/strict';
import { test } from 'node:test';
import kafkajs from 'kafkajs';
import { consume, type PublicEventRecord, type Subscriber } from '../src/index.js';
import { example } from './examples.js';
import { ScriptedKafka } from './kafka.js';

const deposit = (seq: number) => ({ ...example('funds-deposited.v1'), partition: 3, seq });

/** Keeps the numbers of what it takes, and resolves `until` with it once it has so many. */
class Taken implements Subscriber {
  readonly numbers: number[] = [];
  readonly until: Promise<void>;
  #done: () => void = () => undefined;
  constructor(readonly count: number, readonly fails: (seq: number) => Error | undefined = () => undefined) {
    this.until = new Promise(resolve => { this.#done = resolve; });
  }
  happened({ seq }: PublicEventRecord) {
    this.numbers.push(seq);
    const failure = this.fails(seq);
    if (failure !== undefined) {
      throw failure;
    }
    if (this.numbers.length === this.count) {
      this.#done();
    }
  }
  retracted(record: PublicEventRecord) { this.happened(record); }
}

test('stopped it ends, and has committed what was taken', async () => {
  const kafka = new ScriptedKafka();
  kafka.publish(deposit(0));
  kafka.publish(deposit(1));
  const taken = new Taken(2);
  const { ended, stop } = await consume(kafka.kafka, 'subscriber-a', taken);
  await taken.until;
  await stop();
  await ended;
  assert.deepEqual(taken.numbers, [0, 1]);
  assert.equal(kafka.committed, 3);
});

test('an error of the subscriber ends it at once, with that error', async () => {
  const kafka = new ScriptedKafka();
  [0, 1, 2].forEach(seq => kafka.publish(deposit(seq)));
  const failure = new Error('the database is away');
  const taken = new Taken(9, seq => (seq === 1 ? failure : undefined));
  const { ended } = await consume(kafka.kafka, 'subscriber-a', taken);
  await assert.rejects(ended, failure);
  assert.deepEqual(taken.numbers, [0, 1]);
  assert.equal(kafka.committed, 1);
  assert.equal(kafka.disconnected.length, 1);
});

test('so does a retriable one of KafkaJS, as of a producer', async () => {
  const kafka = new ScriptedKafka();
  kafka.publish(deposit(0));
  const failure = new kafkajs.KafkaJSConnectionError('the other cluster is away');
  const taken = new Taken(9, () => failure);
  await assert.rejects((await consume(kafka.kafka, 'subscriber-a', taken)).ended, failure);
  assert.deepEqual(taken.numbers, [0]);
});

test('a gap ends it with an error', async () => {
  const kafka = new ScriptedKafka();
  [0, 1, 3].forEach(seq => kafka.publish(deposit(seq)));
  const taken = new Taken(9);
  const { ended, stop } = await consume(kafka.kafka, 'subscriber-a', taken);
  await assert.rejects(ended, /events are missing before 3-3: the next one is 3-2/);
  assert.deepEqual(taken.numbers, [0, 1]);
  await stop();
});

test('a lost connection is made again, and does not end it', async () => {
  const kafka = new ScriptedKafka();
  for (let each = 0; each < 12; each++) {
    kafka.failures.push(new kafkajs.KafkaJSConnectionError('away'));
  }
  kafka.publish(deposit(0));
  const taken = new Taken(1);
  const { ended, stop } = await consume(kafka.kafka, 'subscriber-a', taken);
  let hasEnded = false;
  void ended.then(() => { hasEnded = true; });
  await taken.until;
  assert.ok(kafka.disconnected.length > 0, 'KafkaJS has crashed and started again');
  assert.equal(hasEnded, false);
  await stop();
  await ended;
});

test('what ends KafkaJS ends it', async () => {
  const kafka = new ScriptedKafka();
  kafka.failures.push(new kafkajs.KafkaJSNonRetriableError('not allowed'));
  await assert.rejects((await consume(kafka.kafka, 'subscriber-a', new Taken(1))).ended, /not allowed/);
});

test('where the group is beyond what is stored, the partition is read again from its beginning', async () => {
  const kafka = new ScriptedKafka();
  [0, 1, 2, 3].forEach(seq => kafka.publish(deposit(seq)));
  kafka.committed = 6;
  const taken = new Taken(3);
  const { ended, stop } = await consume(kafka.kafka, 'subscriber-a', Object.assign(taken, { next: () => 1 }));
  await taken.until;
  await stop();
  await ended;
  assert.deepEqual(taken.numbers, [1, 2, 3]);
  assert.equal(kafka.committed, 7);
});
