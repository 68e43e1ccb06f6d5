#!/bin/sh
# npm-install.sh FOLDER NODE: installs a folder's npm packages into its node_modules, when they are missing or older than
# its lock file. NODE is the oldest Node.js for them, as MAJOR.MINOR.
set -eu
cd "$1"
oldest=$2

installed=node_modules/.package-lock.json
if [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; then
  exit 0
fi

for tool in node npm; do
  if ! command -v "$tool" > /dev/null 2>&1; then
    echo "$1 needs Node.js $oldest or later: '$tool' is not on the PATH." >&2
    echo "Get it from your package manager (for example: apt-get install nodejs npm, brew install node)." >&2
    exit 1
  fi
done
found=$(node --version)
major=${found#v}
minor=${major#*.}
major=${major%%.*}
minor=${minor%%.*}
if [ "$major" -lt "${oldest%.*}" ] || { [ "$major" -eq "${oldest%.*}" ] && [ "$minor" -lt "${oldest#*.}" ]; }; then
  echo "$1 needs Node.js $oldest or later: this is $found." >&2
  exit 1
fi

# No install scripts: nothing needs one; a native binary is a package of its own, chosen by platform.
if ! npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error > /dev/null; then
  echo "$1: 'npm ci' failed in $(pwd); see its message above." >&2
  exit 1
fi
# Whatever npm does with the times of its files: this installation belongs to this lock file.
touch "$installed"
