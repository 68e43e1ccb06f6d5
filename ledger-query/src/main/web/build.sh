#!/bin/sh
# Builds the dashboard into the classes of ledger-query: when anything that it is made of is newer than what is there. The
# TypeScript client, which is one of these things, is built before.
set -eu
cd "$(dirname "$0")"
client=../../../../api-contracts/typescript-client/dist/.built
page=../../../target/classes/dashboard/index.html
if [ ! -f "$client" ]; then
  echo "the dashboard needs the TypeScript client: build api-contracts first (mvn package)." >&2
  exit 1
fi
if [ -f "$page" ] && [ -z "$(find . -name node_modules -prune -o -type f -newer "$page" -print)" ] \
    && [ -z "$(find "$client" -newer "$page")" ]; then
  exit 0
fi
npm run --silent build
# Whatever the times of its files: these pages belong to these sources.
touch "$page"
