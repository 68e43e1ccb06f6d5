#!/bin/bash
# Gives each principal of docker-compose.yml its password and its rights, at each start, and takes all other rights back.
# A test compares the rights with TopicAccess; whatever is not here is refused.
set -euo pipefail
/opt/ledger/admin.sh
declared=""

tool() {
  local name=$1
  shift
  "/opt/kafka/bin/$name.sh" --bootstrap-server kafka:9092 --command-config /tmp/admin.properties "$@"
}

# Through a pipe: the arguments of a process are seen by every user of the machine.
password() {
  printf 'SCRAM-SHA-512=password=%s\n' "${2//\\/\\\\}" \
    | tool kafka-configs --alter --entity-type users --entity-name "$1" --add-config-file /dev/stdin > /dev/null
}

# allow PRINCIPAL RESOURCE PATTERN NAME OPERATION...
allow() {
  local principal=$1 resource=$2 pattern=$3 name=$4 operations=() operation
  shift 4
  for operation in "$@"; do
    operations+=(--operation "$operation")
    declared+="allow User:$principal * $operation $resource $pattern $name"$'\n'
  done
  tool kafka-acls --add --allow-principal "User:$principal" "--$resource" "$name" --resource-pattern-type "$pattern" \
    "${operations[@]}" > /dev/null
}

# The rules of the broker, a line for each: allow|deny PRINCIPAL HOST OPERATION RESOURCE PATTERN NAME
rules() {
  tool kafka-acls --list | awk '
    function pascal(constant,    words, count, i, result) {
      count = split(tolower(constant), words, "_")
      for (i = 1; i <= count; i++) result = result toupper(substr(words[i], 1, 1)) substr(words[i], 2)
      return result
    }
    function field(line, before, after) {
      sub(".*[(, ]" before "=", "", line); sub(after ".*", "", line); return line
    }
    /resourceType=/ {
      resource = tolower(field($0, "resourceType", ", name=")); gsub("_", "-", resource)
      pattern = tolower(field($0, "patternType", "\\)")); name = field($0, "name", ", patternType=")
    }
    /principal=/ {
      print tolower(field($0, "permissionType", "\\)")), field($0, "principal", ", host="),
        field($0, "host", ", operation="), pascal(field($0, "operation", ", permissionType=")), resource, pattern, name
    }'
}

remove_others() {
  local found kind principal host operation resource pattern name named
  found=$(rules)
  while read -r kind principal host operation resource pattern name; do
    if [ -n "$kind" ] && ! grep -qxF -- "$kind $principal $host $operation $resource $pattern $name" <<< "$declared"; then
      named=("--$resource")
      [ "$resource" = cluster ] || named+=("$name")
      tool kafka-acls --remove --force "--$kind-principal" "$principal" "--$kind-host" "$host" --operation "$operation" \
        "${named[@]}" --resource-pattern-type "$pattern" < /dev/null > /dev/null
    fi
  done <<< "$found"
}

password chain-indexer "$KAFKA_CHAIN_INDEXER_PASSWORD"
password ledger-command "$KAFKA_LEDGER_COMMAND_PASSWORD"
password ledger-query "$KAFKA_LEDGER_QUERY_PASSWORD"
password usage-reporter "$KAFKA_USAGE_REPORTER_PASSWORD"
password subscriber "$KAFKA_SUBSCRIBER_PASSWORD"

allow chain-indexer topic literal ledger.chain-events.v1 Write Create DescribeConfigs AlterConfigs
allow chain-indexer topic literal ledger.blocks.v1 Write Create DescribeConfigs AlterConfigs
allow chain-indexer topic literal ledger.indexer-state.v1 Read Write Create DescribeConfigs AlterConfigs
allow chain-indexer topic literal ledger.following.v1 Write Create DescribeConfigs AlterConfigs
allow chain-indexer topic literal ledger.api-keys.v1 Read
allow chain-indexer topic literal ledger.access-log.v1 Read Write Create
allow chain-indexer topic literal ledger.api-key-uses.v1 Write Create
allow chain-indexer group prefixed chain-indexer Read
allow chain-indexer transactional-id prefixed chain-indexer Write

allow ledger-command topic literal ledger.chain-events.v1 Read Create
allow ledger-command topic literal ledger.chain-events.v1.ledger-command.dlt Write Create DescribeConfigs AlterConfigs
allow ledger-command topic literal ledger.account-events.v1 Write Create DescribeConfigs AlterConfigs
allow ledger-command topic literal ledger.public-events.v1 Write Create DescribeConfigs AlterConfigs
allow ledger-command topic literal ledger.published-positions.v1 Read Write Create DescribeConfigs AlterConfigs
allow ledger-command topic literal ledger.usage-reports.v1 Read Create
allow ledger-command topic literal ledger.usage-rejects.v1 Write Create
allow ledger-command topic literal ledger.api-keys.v1 Read Write Create DescribeConfigs AlterConfigs
allow ledger-command topic literal ledger.access-log.v1 Read Write Create
allow ledger-command topic literal ledger.api-key-uses.v1 Read Write Create DescribeConfigs AlterConfigs
allow ledger-command group prefixed ledger-command Read
allow ledger-command transactional-id prefixed ledger-command Write

allow ledger-query topic literal ledger.account-events.v1 Read Create
allow ledger-query topic literal ledger.account-events.v1.ledger-query.dlt Write Create DescribeConfigs AlterConfigs
allow ledger-query topic literal ledger.blocks.v1 Read Create
allow ledger-query topic literal ledger.following.v1 Read Create
allow ledger-query topic literal ledger.public-events.v1 Read
allow ledger-query topic literal ledger.alerts.v1 Read Write Create DescribeConfigs AlterConfigs
allow ledger-query topic literal ledger.api-keys.v1 Read
allow ledger-query topic literal ledger.access-log.v1 Read Write Create DescribeConfigs AlterConfigs
allow ledger-query topic literal ledger.api-key-uses.v1 Write Create
allow ledger-query group prefixed ledger-query Read

allow usage-reporter topic literal ledger.usage-reports.v1 Write

allow subscriber topic literal ledger.public-events.v1 Read
allow subscriber topic literal ledger.alerts.v1 Read
allow subscriber group prefixed subscriber Read

remove_others
