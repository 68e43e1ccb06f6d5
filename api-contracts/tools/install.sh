#!/bin/sh
# Installs the linters and the generator of TypeScript into node_modules, when they are missing or older than the lock file.
set -eu
cd "${0%/*}"

installed=node_modules/.package-lock.json
if [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; then
  exit 0
fi

for tool in node npm; do
  if ! command -v "$tool" > /dev/null 2>&1; then
    echo "api-contracts/tools needs Node.js 20.19 or later: '$tool' is not on the PATH." >&2
    echo "Get it from your package manager (for example: apt-get install nodejs npm, brew install node)." >&2
    exit 1
  fi
done
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
then
  echo "api-contracts/tools needs Node.js 20.19 or later: this is $(node --version)." >&2
  exit 1
fi

# No install scripts: nothing here needs one.
if ! npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error > /dev/null; then
  echo "api-contracts/tools: 'npm ci' failed in $(pwd); see its message above." >&2
  exit 1
fi
# Whatever npm does with the times of its files: this installation belongs to this lock file.
touch "$installed"
