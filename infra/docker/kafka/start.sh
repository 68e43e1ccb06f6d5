#!/bin/bash
# Starts the broker of docker-compose.yml. At the first start it formats the folder with the two passwords without which
# nobody could set others: the broker's own and the admin's. They come through a pipe, because the arguments of a process
# are seen by every user of the machine.
set -euo pipefail
umask 077
config=/opt/ledger/server.properties
data=/var/lib/kafka/data

if [ ! -e "$data/meta.properties" ]; then
  /opt/kafka/bin/kafka-storage.sh format --config "$config" \
    --cluster-id "$(/opt/kafka/bin/kafka-storage.sh random-uuid)" @/dev/stdin <<END
--add-scram
SCRAM-SHA-512=[name=broker,password="$KAFKA_BROKER_PASSWORD"]
--add-scram
SCRAM-SHA-512=[name=admin,password="$KAFKA_ADMIN_PASSWORD"]
END
fi
/opt/ledger/admin.sh
exec /opt/kafka/bin/kafka-server-start.sh "$config"
