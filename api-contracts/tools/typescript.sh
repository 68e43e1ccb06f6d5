#!/bin/sh
# Generates the TypeScript types of each document into the folder that is given, and compiles a client against them.
set -eu
cd "$(dirname "$0")"
out=$1
mkdir -p "$out"
for service in chain-indexer ledger-command ledger-query; do
  node_modules/.bin/openapi-typescript "../src/main/resources/openapi/$service.v1.yaml" -o "$out/$service.ts" > /dev/null
done
cp client.ts tsconfig.json "$out"
ln -sfn "$PWD/node_modules" "$out/node_modules"
node_modules/.bin/tsc --project "$out/tsconfig.json"
