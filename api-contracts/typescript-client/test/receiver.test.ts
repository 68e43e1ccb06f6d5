import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';

const example = fileURLToPath(new URL('../../../examples/receiver.mjs', import.meta.url));
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let receiver: ChildProcess;
let url: string;
let printed: string;
let closed: Promise<unknown>; // the process has ended, and all that it has printed is here

beforeEach(async () => {
  receiver = spawn(process.execPath, [example, '0', secret], { stdio: ['ignore', 'pipe', 'pipe'] });
  closed = once(receiver, 'close');
  printed = '';
  receiver.stdout?.on('data', part => { printed += String(part); });
  const [line] = await once(receiver.stderr!, 'data') as [Buffer];
  url = `http://127.0.0.1:${/port (\d+)/.exec(line.toString())?.[1]}/`;
});
afterEach(async () => {
  receiver.kill();
  await closed;
});

async function send(body: string, key = secret): Promise<number> {
  const at = new Date();
  return (await fetch(url, { method: 'POST', body, headers: { 'webhook-id': `id-${body.length}`,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(`id-${body.length}`, at, body) } })).status;
}

test('each message is stored once, and answered afterwards', async () => {
  assert.equal(await send('{"a":1}'), 204);
  assert.equal(await send('{"a":1}'), 204);
  assert.equal(await send('{"a":22}'), 204);
  assert.equal(await send('{"a":3}', 'whsec_AfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'), 401);
  receiver.kill();
  await closed;
  assert.equal(printed, '{"a":1}\n{"a":22}\n');
});

test('a message that cannot be stored is not accepted, and comes again', async () => {
  receiver.stdout?.destroy();
  assert.equal(await send('{"a":1}'), 503);
  assert.equal(await send('{"a":1}'), 503);
});

test('a body that is too long is refused, and not kept', async () => {
  const body = 'x'.repeat(17 * 1024 * 1024);
  assert.equal(await send(body), 413);
  assert.equal(await send('{"a":1}'), 204);
});
