// Writes what openapi-typescript does not: the types of the public events, and what the client knows of operations.
// Arguments: the resources of api-contracts, and the folder for the files.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';

const [resources, out] = process.argv.slice(2);

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

/** The types of a topic's records, from the schemas in a folder. */
const records = async (folder, title, description) => {
  const definitions = {};
  const each = readdirSync(join(resources, folder)).sort().map(file => {
    const { $schema: _, examples: __, definitions: own, ...schema } =
      JSON.parse(readFileSync(join(resources, folder, file), 'utf8'));
    Object.assign(definitions, own);
    return schema;
  });
  return compile(closed({ title, description, oneOf: each, definitions }), title, { bannerComment: '', format: false });
};

writeFileSync(join(out, 'events.ts'),
  await records('asyncapi/public-events', 'PublicEventRecord', 'One record of the topic of public events.'));
writeFileSync(join(out, 'alerts.ts'),
  await records('asyncapi/alerts', 'AlertRecord', 'One record of the topic of alerts.'));

const operations = JSON.parse(readFileSync(join(resources, 'openapi/client-operations.json'), 'utf8'));
writeFileSync(join(out, 'operations.ts'), `export const takesMinToken: readonly string[] = ${
  JSON.stringify(operations.takes_min_token)};\nexport const repeatable: readonly string[] = ${
  JSON.stringify(operations.repeatable)};\n`);
