import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import {
  EventSequence, isRetractedBy, LedgerClient, type LedgerRewound, type PublicEventRecord, subscribe, subscribeAlerts,
  type Subscriber, verifyWebhook,
} from '../src/index.js';
import { alertExample, example, files } from './examples.js';
import { ScriptedService } from './service.js';

const numbered = (type: string, seq: number) => ({ ...example(type), partition: 3, seq });

let service: ScriptedService;
beforeEach(async () => { service = await ScriptedService.start(); });
afterEach(() => service.stop());

class Taken implements Subscriber {
  readonly events: string[] = [];
  constructor(readonly stored?: number) {}
  happened({ event, seq }: PublicEventRecord) { this.events.push(`${event.type} ${seq}`); }
  retracted(_: PublicEventRecord, rewound: LedgerRewound) { this.events.push(`retracted from ${rewound.from_block}`); }
  next() { return this.stored; }
}

test('every public type is known', () => {
  for (const file of files()) {
    const { event } = example(file.slice(0, -'.json'.length));
    assert.equal(`${event.type}.json`, file);
    if (event.type === 'funds-deposited.v1') {
      assert.match(event.amount, /^\d+$/); // Narrowed by its type.
    }
  }
});

test('each event comes once and in order, and a fork as one', async () => {
  const taken = new Taken();
  const sequence = new EventSequence(taken);
  for (const each of [numbered('funds-deposited.v1', 5), numbered('ledger-rewound.v1', 6),
    numbered('funds-deposited.v1', 5), numbered('ledger-closed.v1', 7)]) {
    await sequence.take(each);
  }
  assert.deepEqual(taken.events, ['funds-deposited.v1 5',
    `retracted from ${(example('ledger-rewound.v1').event as LedgerRewound).from_block}`, 'ledger-closed.v1 7']);
  await assert.rejects(sequence.take(numbered('funds-deposited.v1', 9)),
    { message: 'events are missing before 3-9: the next one is 3-8' });
});

test('it goes on where the subscriber has stored that it is', async () => {
  const taken = new Taken(6);
  const sequence = new EventSequence(taken);
  await sequence.take(numbered('funds-deposited.v1', 5));
  await sequence.take(numbered('funds-deposited.v1', 6));
  assert.deepEqual(taken.events, ['funds-deposited.v1 6']);
});

test('where it is read beyond what is stored, it is read from the beginning once', async () => {
  const taken = new Taken(6);
  const sequence = new EventSequence(taken);
  assert.equal(await sequence.take(numbered('funds-deposited.v1', 9)), false);
  assert.equal(await sequence.take(numbered('funds-deposited.v1', 0)), true);
  await assert.rejects(sequence.take(numbered('funds-deposited.v1', 9)), /events are missing before 3-9/);
  assert.deepEqual(taken.events, []);
});

test('a fork retracts the owner\'s events from its block on', () => {
  const fork = example('ledger-rewound.v1').event as LedgerRewound;
  const deposit = (owner: string, block: number) => {
    const record = structuredClone(example('funds-deposited.v1'));
    assert.ok(record.event.type === 'funds-deposited.v1');
    return { ...record.event, owner, cause: { ...record.event.cause, at: `${block}-0-0-0` } };
  };
  assert.ok(isRetractedBy(deposit(fork.owner, fork.from_block), fork));
  assert.ok(!isRetractedBy(deposit(fork.owner, fork.from_block - 1), fork));
  assert.ok(!isRetractedBy(deposit('0x1', fork.from_block), fork));
  assert.ok(!isRetractedBy({ ...example('usage-recorded.v1').event, owner: fork.owner }, fork));
});

const sse = (id: string, seq: number) => `id: ${id}\nevent: funds-deposited.v1\ndata: ${
  JSON.stringify(numbered('funds-deposited.v1', seq))}\n\n`;

test('a subscription goes on by its last id, with a new token, and ends with the last event', async () => {
  const tokens = ['first', 'second', 'third'];
  const stream = { 'Content-Type': 'text/event-stream' };
  const pauses: number[] = [];
  const problem = 'event: problem\ndata: {"code":"credential-expired"}\n\n';
  service.answers(200, `retry: 50\n\n:\n\n${sse('3-0', 0)}${problem}`, stream).broken()
    .answers(200, `${sse('3-1', 1)}id: 3-4\n\n`, stream);
  const ledger = new LedgerClient({ query: service.url }, { token: () => tokens.shift(),
    retries: { repetitionsMax: 0, firstDelayMs: 1, waitMaxMs: 0 } });
  const ids: string[] = [];
  for await (const { id, record } of subscribe(ledger, { owner: '0xa', after: 'beginning', until: 'now' },
    async ms => { pauses.push(ms); })) {
    ids.push(`${id} ${record.event.type} ${record.seq}`);
  }
  assert.deepEqual(ids, ['3-0 funds-deposited.v1 0', '3-1 funds-deposited.v1 1']);
  assert.deepEqual(service.asked.map(each => [each.url, each.headers['last-event-id'], each.headers.authorization]), [
    ['/v1/ledgers/0xa/events?until=now', 'beginning', 'Bearer first'],
    ['/v1/ledgers/0xa/events?until=now', '3-0', 'Bearer second'],
    ['/v1/ledgers/0xa/events?until=now', '3-0', 'Bearer third']]);
  assert.deepEqual(pauses, [50, 50]);
});

test('what has come by id alone is not lost when the answer breaks off', async () => {
  const stream = { 'Content-Type': 'text/event-stream' };
  service.cut('id: 3-7\n\n', stream).cut('id:3-8\r\n\r\nid: 3-9\nevent: funds-deposited.v1\n', stream)
    .answers(200, `:\n\n${sse('3-9', 9)}`, stream);
  const ledger = new LedgerClient({ query: service.url });
  const ids: string[] = [];
  for await (const { id } of subscribe(ledger, { after: 'now', until: 'now' }, async () => undefined)) {
    ids.push(id);
  }
  assert.deepEqual(ids, ['3-9']);
  assert.deepEqual(service.asked.map(each => each.headers['last-event-id']), ['now', '3-7', '3-8']);
});

test('a silent connection is made again, and said', async () => {
  const stream = { 'Content-Type': 'text/event-stream' };
  service.silent('id: 3-7\n\n', stream).answers(200, sse('3-8', 8), stream);
  const ledger = new LedgerClient({ query: service.url });
  const interruptions: string[] = [];
  const ids: string[] = [];
  for await (const { id } of subscribe(ledger, { after: 'now', until: 'now', idleMaxMs: 200,
    onInterruption: ({ after, cause }) => { interruptions.push(`${after} ${(cause as Error).message}`); },
  }, async () => undefined)) {
    ids.push(id);
  }
  assert.deepEqual(ids, ['3-8']);
  assert.deepEqual(interruptions, ['3-7 nothing has come for 200 ms']);
  assert.deepEqual(service.asked.map(each => each.headers['last-event-id']), ['now', '3-7']);
});

test('alerts come in the same way', async () => {
  service.answers(200, `id: a-1\nevent: alert-raised.v1\ndata: ${JSON.stringify(alertExample('alert-raised.v1'))}\n\n`,
    { 'Content-Type': 'text/event-stream' });
  const ledger = new LedgerClient({ query: service.url });
  for (const owner of [{}, { owner: '0xa' }]) {
    for await (const { id, record } of subscribeAlerts(ledger, { ...owner, after: 'now', until: 'now' })) {
      assert.deepEqual([id, record.alert.type], ['a-1', 'alert-raised.v1']);
    }
  }
  assert.deepEqual(service.urls, ['/v1/alerts/events?until=now', '/v1/ledgers/0xa/alerts/events?until=now']);
});

test('a subscriber hears of every sign of life, a heartbeat too', async () => {
  const stream = { 'Content-Type': 'text/event-stream' };
  service.answers(200, ':\n\n', stream).broken().cut(':\n\n', stream).answers(200, sse('3-0', 0), stream);
  const ledger = new LedgerClient({ query: service.url }, {
    retries: { repetitionsMax: 0, firstDelayMs: 1, waitMaxMs: 0 } });
  const heard: string[] = [];
  const events = subscribe(ledger, { after: 'now', alive: () => heard.push('alive'),
    onInterruption: () => heard.push('lost') }, async () => { heard.push('pause'); });
  assert.equal((await events.next()).value?.id, '3-0');
  assert.deepEqual(heard, ['alive', 'pause', 'lost', 'pause', 'alive', 'lost', 'pause', 'alive']);
  await events.return();
});

test('an id in pieces is one', async () => {
  service.pieces(['i', 'd: 3-', '7\r', '\n\r\n', 'id: 3-8\nda', 'ta: ',
    JSON.stringify(numbered('funds-deposited.v1', 8)), '\n', '\n'], { 'Content-Type': 'text/event-stream' });
  const events = subscribe(new LedgerClient({ query: service.url }), { after: 'now', until: 'now' });
  assert.equal((await events.next()).value?.id, '3-8');
  assert.equal((await events.next()).done, true);
});

test('an answer without events ends a subscription', async () => {
  service.answers(200, '<html>Welcome</html>', { 'Content-Type': 'text/html' });
  await assert.rejects(subscribe(new LedgerClient({ query: service.url }), { after: 'now', until: 'now' }).next(),
    /\/v1\/events\?until=now answers 200 without server-sent events/);
});

test('a subscription that is refused ends with the problem', async () => {
  service.problem(403, 'insufficient-scope', 0);
  const events = subscribe(new LedgerClient({ query: service.url }), { after: 'now' });
  await assert.rejects(events.next(), { code: 'insufficient-scope' });
});

test('a webhook\'s message is read where it is signed, and nothing else is', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const body = JSON.stringify({ type: 'funds-deposited.v1', timestamp: '2026-11-28T12:00:00.125Z',
    data: example('funds-deposited.v1') });
  const headers = (key: string, at = new Date()) => ({ 'webhook-id': 'events-31337-3-41',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign('events-31337-3-41', at, body) });
  const message = verifyWebhook(secret, headers(secret), body);
  assert.equal(message.id, 'events-31337-3-41');
  assert.equal(message.data.event.type, 'funds-deposited.v1');
  assert.throws(() => verifyWebhook(secret, headers(secret), body.replace('funds', 'fonds')));
  assert.throws(() => verifyWebhook(secret, headers('whsec_AfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), body));
  assert.throws(() => verifyWebhook(secret, headers(secret, new Date(Date.now() - 600_000)), body));
  assert.throws(() => verifyWebhook(secret, {}, body));
});
