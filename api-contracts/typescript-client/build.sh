#!/bin/sh
# Generates the types of the OpenAPI documents, of the public events and of the alerts, and compiles the client and its
# tests to dist: when anything that they are made of is newer than dist.
set -eu
cd "$(dirname "$0")"
resources=../src/main/resources
if [ -f dist/.built ] && [ -z "$(find build.sh generate.mjs package-lock.json tsconfig.json src test \
    "$resources/openapi" "$resources/asyncapi" -newer dist/.built)" ]; then
  exit 0
fi
rm -rf generated dist
mkdir generated
for service in chain-indexer ledger-command ledger-query; do
  node_modules/.bin/openapi-typescript "$resources/openapi/$service.v1.yaml" -o "generated/$service.ts" > /dev/null
done
node generate.mjs "$resources" generated
node_modules/.bin/tsc --project .
touch dist/.built
