// Receives a webhook, and prints each event once. Arguments: the port, and the webhook's secret.
import { createServer } from 'node:http';
import { verifyWebhook } from '../typescript-client/dist/src/index.js';

const [port, secret] = process.argv.slice(2);
const seen = new Set(); // store the ids together with what you make of the events

createServer((request, response) => {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString();
    let message;
    try {
      message = verifyWebhook(secret, request.headers, body); // also refuses what is older than five minutes
    } catch {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(204).end(); // at once: what takes long is done afterwards
    if (!seen.has(message.id)) { // otherwise: received before
      seen.add(message.id);
      console.log(body);
    }
  });
}).listen(Number(port), '127.0.0.1');
