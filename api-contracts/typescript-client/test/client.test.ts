import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { answer, clientCredentials, LedgerClient, lines, neuron, ofZeroG, ProblemError, zeroG } from '../src/index.js';
import { ScriptedService } from './service.js';

const owner = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const ledgerPath = `/v1/ledgers/${owner}`;
let service: ScriptedService;
let pauses: number[];
let client: LedgerClient;

beforeEach(async () => {
  service = await ScriptedService.start();
  pauses = [];
  client = clientOf('nlk_a');
});
afterEach(() => service.stop());

function clientOf(token: string | (() => string)): LedgerClient {
  return new LedgerClient({ query: service.url, command: service.url }, { token, transport: {
    fetch: request => fetch(request), pause: async ms => { pauses.push(ms); }, random: () => 0.5 } });
}

const ledger = (from: LedgerClient, query = {}) =>
  answer(from.query.GET('/v1/ledgers/{owner}', { params: { path: { owner }, query } }));
const makeKey = () => answer(client.command.POST('/v1/keys', { body: { name: 'n', scopes: ['ledger:read'],
  expires_at: '2026-12-31T00:00:00Z' } }));
const report = () => answer(client.command.POST('/v1/usage', { body: { request_id: 'r-1', owner, provider: owner,
  service: 'inference-v1.0', model: 'llama', units: { kind: 'images', count: 2, price: '5' }, fee: '10',
  when: '2026-10-31T23:59:59Z', source: 'direct' } }));

test('an answer is typed and its amounts are exact', async () => {
  service.answers(200, { total: '9500000000000000001' });
  const { total } = await ledger(client, { at_block: 13, unit: '0G' });
  assert.equal(zeroG(neuron(total)), '9.500000000000000001');
  assert.deepEqual(service.urls, [`${ledgerPath}?at_block=13&unit=0G`]);
  assert.equal(service.asked[0]?.headers.authorization, 'Bearer nlk_a');
});

test('amounts of 0G are exact, and nothing else is one', () => {
  for (const [text, value] of [['0', 0n], ['0.5', 5n * 10n ** 17n], ['10', 10n ** 19n],
    ['0.000000000000000001', 1n], ['115792089237316195423570985008687907853269984665640564039457.584007913129639935',
      2n ** 256n - 1n]] as const) {
    assert.equal(ofZeroG(text), value);
    assert.equal(zeroG(value), text);
  }
  assert.equal(zeroG(-5n * 10n ** 17n), '-0.5');
  for (const text of ['', '-1', '1e3', '.5', '5.', '0.0000000000000000001', ' 1', '1'.repeat(61),
    '115792089237316195423570985008687907853269984665640564039457.584007913129639936']) {
    assert.throws(() => ofZeroG(text), RangeError, text);
  }
  for (const text of ['', '1.5', '0x1', ' 1']) {
    assert.throws(() => neuron(text), RangeError, text);
  }
});

test('a problem has its code, its detail and the name of the request', async () => {
  service.problem(404, 'ledger-not-found', 0);
  await assert.rejects(ledger(client), (e: unknown) => e instanceof ProblemError && e.status === 404
    && e.code === 'ledger-not-found' && e.detail === 'what happened' && e.requestId === 'id-1' && e.parameter === 'p'
    && e.message === `GET ${ledgerPath}: 404 ledger-not-found: what happened (request id-1)`);
  assert.equal(service.asked.length, 1);
});

test('what is no problem document is shown as it is', async () => {
  service.answers(502, '<html>Bad gateway</html>');
  await assert.rejects(ledger(client), { code: undefined,
    message: `GET ${ledgerPath}: 502, without a problem document: <html>Bad gateway</html>` });
});

test('a request over the caller\'s rate is sent again when the service says so', async () => {
  service.problem(429, 'too-many-requests', 7).answers(201, { id: 'k', secret: 's' });
  assert.equal((await makeKey()).secret, 's');
  assert.deepEqual(pauses, [7000]);
});

test('a read is sent again after an unavailable service and a lost answer', async () => {
  service.problem(503, 'too-busy', 0).broken().answers(200, { total: '3' });
  assert.equal((await ledger(client)).total, '3');
  assert.equal(service.asked.length, 3);
  assert.deepEqual(pauses, [100, 200]);
});

test('a write with an id of its own is sent again, with its body', async () => {
  service.broken().problem(503, 'unavailable', 0).answers(201, { outcome: 'accepted', token: 't' });
  assert.equal((await report()).token, 't');
  assert.equal(service.asked.length, 3);
  assert.equal(new Set(service.asked.map(each => each.body)).size, 1);
  assert.match(service.asked[2]?.body ?? '', /"request_id":"r-1"/);
});

test('a write that would count twice is not sent again', async () => {
  service.broken();
  await assert.rejects(makeKey());
  assert.equal(service.asked.length, 1);
});

test('nor is it after an unavailable service, which may have done it', async () => {
  service.problem(503, 'unavailable', 0);
  await assert.rejects(makeKey(), ProblemError);
  assert.equal(service.asked.length, 1);
});

test('repetitions end', async () => {
  service.problem(503, 'too-busy', 0);
  await assert.rejects(ledger(client), { code: 'too-busy' });
  assert.equal(service.asked.length, 6);
});

test('who is asked to wait longer than the client waits is told so', async () => {
  service.problem(429, 'too-many-requests', 100).problem(429, 'too-many-requests', 21);
  await assert.rejects(ledger(client), { code: 'too-many-requests', retryAfter: 21 });
  assert.deepEqual(pauses, [100_000]);
});

test('each repetition has the token of its moment', async () => {
  const tokens = ['first', 'second'];
  service.problem(503, 'too-busy', 0).answers(200, {});
  await ledger(clientOf(() => tokens.shift() ?? ''));
  assert.deepEqual(service.asked.map(each => each.headers.authorization), ['Bearer first', 'Bearer second']);
});

test('reads see a write by its token, where they take one', async () => {
  service.answers(200, {});
  const seeing = client.seeing('AB_c-1');
  await ledger(seeing);
  await ledger(seeing, { min_token: 'other' });
  await answer(seeing.query.GET('/v1/status'));
  await ledger(client);
  assert.deepEqual(service.urls, [`${ledgerPath}?min_token=AB_c-1`, `${ledgerPath}?min_token=other`, '/v1/status',
    ledgerPath]);
});

test('a list goes on to its last page, also over an empty one, and asks for a page once it is wanted', async () => {
  service.answers(200, { ledgers: [{ owner: '1' }, { owner: '2' }], next_cursor: 'b' })
    .answers(200, { ledgers: [], next_cursor: 'c' }).answers(200, { ledgers: [{ owner: '3' }] });
  const owners: string[] = [];
  const list = lines(client.query, '/v1/ledgers', 'ledgers', { query: { min_block: 7 } });
  assert.deepEqual(service.urls, []);
  for await (const line of list) {
    owners.push(line.owner);
    assert.equal(service.asked.length, line.owner === '3' ? 3 : 1);
  }
  assert.deepEqual(owners, ['1', '2', '3']);
  assert.deepEqual(service.urls, ['/v1/ledgers?limit=500&min_block=7', '/v1/ledgers?limit=500&min_block=7&cursor=b',
    '/v1/ledgers?limit=500&min_block=7&cursor=c']);
});

test('what is no list is not an empty one', async () => {
  const list = async () => {
    for await (const line of lines(client.query, '/v1/ledgers', 'ledgers')) {
      assert.fail(line.owner);
    }
  };
  service.answers(302, '', { Location: '/elsewhere' }).answers(200, '').answers(200, {}).answers(204, '');
  await assert.rejects(list(), { status: 302 });
  for (let each = 0; each < 3; each++) {
    await assert.rejects(list(), /\/v1\/ledgers answers without the list ledgers/);
  }
});

test('below a path reads see a write, and writes with an id are sent again', async () => {
  const below = new LedgerClient({ query: `${service.url}/a%20b/ledger/`, command: `${service.url}/command` },
    { transport: { fetch: request => fetch(request), pause: async () => undefined, random: () => 0.5 } }).seeing('t-1');
  service.answers(200, {}).problem(503, 'unavailable', 0).answers(201, { token: 't' });
  await ledger(below);
  await answer(below.command.POST('/v1/usage/batch', { body: [] }));
  assert.deepEqual(service.urls, [`/a%20b/ledger${ledgerPath}?min_token=t-1`, '/command/v1/usage/batch',
    '/command/v1/usage/batch']);
  await assert.rejects(below.query.GET('/v1/status', { baseUrl: `${service.url}/other` }),
    /\/other\/v1\/status is not below the client's address/);
});

test('a service that goes round in circles is found', async () => {
  service.answers(200, { keys: [], next_cursor: 'b' });
  await assert.rejects(async () => {
    for await (const key of lines(client.command, '/v1/keys', 'keys')) {
      assert.fail(key.id);
    }
  }, /names itself/);
});

test('a token of an issuer is used until its last minute', async () => {
  let now = 0;
  let tokens = 0;
  const issuer = await ScriptedService.start();
  for (; tokens < 2; tokens++) {
    issuer.answers(200, { token_endpoint: `${issuer.url}/token` })
      .answers(200, { access_token: `t${tokens}`, expires_in: 600 });
  }
  issuer.answers(500, 'no more');
  const source = clientCredentials(issuer.url, 'finance', 'a-secret', () => now);
  assert.equal(await source(), 't0');
  now = 539_999;
  assert.equal(await source(), 't0');
  now = 540_000;
  assert.deepEqual(await Promise.all([source(), source()]), ['t1', 't1']);
  now = 2_000_000;
  await assert.rejects(async () => source(), /answers 500: no more/);
  assert.deepEqual(issuer.asked[1]?.body, 'grant_type=client_credentials');
  await issuer.stop();
});

test('a service whose address is not known is named', () => {
  assert.throws(() => client.indexer, /without the address of indexer/);
});
