#!/usr/bin/env bash
# Prints each event of an owner, in order. Arguments: client.properties, the owner, the consumer group.
set -euo pipefail
file=$1 group=$3
owner=$(tr '[:upper:]' '[:lower:]' <<< "$2")

setting() { # without the backslashes of the file's form
  sed -n "s/^$1=//p" "$file" | sed 's/\\\(.\)/\1/g'
}

login() {
  setting sasl.jaas.config | sed "s/.*$1=\"\([^\"]*\)\".*/\1/"
}

settings() { # as kcat reads them: every user of the machine sees what is in arguments
  echo "bootstrap.servers=$(setting bootstrap.servers)"
  if grep -q '^sasl' "$file"; then
    echo "security.protocol=$(setting security.protocol)"
    echo "sasl.mechanism=$(setting sasl.mechanism)"
    echo "sasl.username=$(login username)"
    echo "sasl.password=$(login password)"
  fi
  echo "auto.offset.reset=earliest" # a new group begins with the first event
}

# The group's position is that of kcat, whatever becomes of the lines. Their numbers are in the header ce_id.
kcat -q -u -F <(settings) -f '%k %s\n' -G "$group" ledger.public-events.v1 | while read -r key event; do
  if [ "$key" = "$owner" ]; then
    printf '%s\n' "$event"
  fi
done
