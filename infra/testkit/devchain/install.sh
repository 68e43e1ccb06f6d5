#!/bin/sh
# Installs the dev node and the Solidity compiler into node_modules, when they are missing or older than the lock file.
set -eu
cd "${0%/*}"

installed=node_modules/.package-lock.json
if [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; then
  exit 0
fi

for tool in node npm; do
  if ! command -v "$tool" > /dev/null 2>&1; then
    echo "infra/testkit/devchain needs Node.js 20 or later: '$tool' is not on the PATH." >&2
    echo "Get it from your package manager (for example: apt-get install nodejs npm, brew install node)." >&2
    exit 1
  fi
done
major=$(node -p 'process.versions.node.split(".")[0]')
if [ "$major" -lt 20 ]; then
  echo "infra/testkit/devchain needs Node.js 20 or later: this is $(node --version)." >&2
  exit 1
fi

# No install scripts: the native binary is a package of its own, chosen by platform.
if ! npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error > /dev/null; then
  echo "infra/testkit/devchain: 'npm ci' failed in $(pwd); see its message above." >&2
  exit 1
fi
# Whatever npm does with the times of its files: this installation belongs to this lock file.
touch "$installed"
