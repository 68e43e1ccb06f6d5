import { readFileSync, readdirSync } from 'node:fs';
import type { AlertRecord, PublicEventRecord } from '../src/index.js';

const folder = new URL('../../../src/main/resources/asyncapi/public-events/', import.meta.url);

const alerts = new URL('../../../src/main/resources/asyncapi/alerts/', import.meta.url);

/** The files of the schemas of all public types. */
export const files = () => readdirSync(folder);

/** The record in the schema of a type. */
export const example = (type: string) =>
  JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8')).examples[0] as PublicEventRecord;

/** The record in the schema of a type of alert. */
export const alertExample = (type: string) =>
  JSON.parse(readFileSync(new URL(`${type}.json`, alerts), 'utf8')).examples[0] as AlertRecord;
