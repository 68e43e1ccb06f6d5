#!/bin/bash
# Gives each principal of docker-compose.yml its password and its rights, at each start. A test compares the rights with
# TopicAccess; whatever is not here is refused.
set -euo pipefail
/opt/ledger/admin.sh
tool() {
  local name=$1
  shift
  "/opt/kafka/bin/$name.sh" --bootstrap-server kafka:9092 --command-config /tmp/admin.properties "$@" > /dev/null
}

password() {
  tool kafka-configs --alter --entity-type users --entity-name "$1" --add-config "SCRAM-SHA-512=[password=$2]"
}

# allow PRINCIPAL RESOURCE PATTERN NAME OPERATION...
allow() {
  local principal=$1 resource=$2 pattern=$3 name=$4 operations=()
  shift 4
  for operation in "$@"; do
    operations+=(--operation "$operation")
  done
  tool kafka-acls --add --allow-principal "User:$principal" "--$resource" "$name" --resource-pattern-type "$pattern" \
    "${operations[@]}"
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
allow ledger-query topic literal ledger.api-keys.v1 Read
allow ledger-query topic literal ledger.access-log.v1 Read Write Create DescribeConfigs AlterConfigs
allow ledger-query topic literal ledger.api-key-uses.v1 Write Create
allow ledger-query group prefixed ledger-query Read

allow usage-reporter topic literal ledger.usage-reports.v1 Write

allow subscriber topic literal ledger.public-events.v1 Read
allow subscriber group prefixed subscriber Read
