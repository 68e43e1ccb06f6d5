// Writes what openapi-typescript does not: the types of the public events, and what the client knows of operations.
// Arguments: the resources of api-contracts, and the folder for the files.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';

const [resources, out] = process.argv.slice(2);
const folder = join(resources, 'asyncapi/public-events');

// The schemas let a later version add properties; a type has those of today.
const closed = value => {
  if (Array.isArray(value)) {
    return value.map(closed);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.entries(value)
    .map(([key, each]) => [key, key === 'additionalProperties' && each === true ? false : closed(each)]));
};

const definitions = {};
const records = readdirSync(folder).sort().map(file => {
  const { $schema: _, examples: __, definitions: own, ...schema } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  Object.assign(definitions, own);
  return schema;
});
const all = closed({ title: 'PublicEventRecord', description: 'One record of the topic of public events.',
  oneOf: records, definitions });
writeFileSync(join(out, 'events.ts'), await compile(all, 'PublicEventRecord', { bannerComment: '', format: false }));

const operations = JSON.parse(readFileSync(join(resources, 'openapi/client-operations.json'), 'utf8'));
writeFileSync(join(out, 'operations.ts'), `export const takesMinToken: readonly string[] = ${
  JSON.stringify(operations.takes_min_token)};\nexport const repeatable: readonly string[] = ${
  JSON.stringify(operations.repeatable)};\n`);
