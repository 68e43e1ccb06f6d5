// Receives a webhook, and prints each event once. Arguments: the port, and the webhook's secret.
import { createServer } from 'node:http';
import { verifyWebhook } from '../typescript-client/dist/src/index.js';

const [port, secret] = process.argv.slice(2);
const BODY_MAX = 16 * 1024 * 1024; // bytes: an event has up to 8 MiB, and anybody can send to this port
const seen = new Set(); // store the ids together with what you make of the events

createServer((request, response) => {
  const answer = status => response.writeHead(status).end();
  const parts = [];
  let length = 0;
  request.on('data', part => {
    length += part.length;
    if (length <= BODY_MAX) {
      parts.push(part);
    }
  });
  request.on('end', () => {
    if (length > BODY_MAX) {
      answer(413);
      return;
    }
    const body = Buffer.concat(parts).toString();
    let message;
    try {
      message = verifyWebhook(secret, request.headers, body); // also refuses what is older than five minutes
    } catch {
      answer(401);
      return;
    }
    if (seen.has(message.id)) { // received before
      answer(204);
      return;
    }
    process.stdout.write(`${body}\n`, failed => { // in place of a database
      if (!failed) {
        seen.add(message.id);
      }
      answer(failed ? 503 : 204); // only once it is stored: after 204 it does not come again
    });
  });
}).listen(Number(port), '127.0.0.1', function () {
  console.error(`listening on port ${this.address().port}`);
});
process.stdout.on('error', () => {}); // the callback of its write has it
