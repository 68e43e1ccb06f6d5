import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** The packages that a compiled module needs, with all that it imports. */
function packages(module: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(module.href)) {
    return new Set();
  }
  seen.add(module.href);
  const found = new Set<string>();
  for (const [, name = ''] of readFileSync(module, 'utf8').matchAll(/^(?:import|export)\b[^;]*?from '([^']+)'/gm)) {
    for (const each of name.startsWith('.') ? packages(new URL(name, module), seen) : [name]) {
      found.add(each);
    }
  }
  return found;
}

test('what a browser imports needs neither Kafka nor Node.js', () => {
  assert.deepEqual([...packages(new URL('../src/browser.js', import.meta.url))].sort(),
    ['eventsource-parser', 'openapi-fetch']);
  assert.ok(packages(new URL('../src/index.js', import.meta.url)).has('kafkajs'));
});
