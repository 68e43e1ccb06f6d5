#!/bin/bash
# Writes the settings by which Kafka's own tools log in as admin.
set -euo pipefail
umask 077
cat > /tmp/admin.properties <<END
security.protocol=SASL_PLAINTEXT
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="$KAFKA_ADMIN_PASSWORD";
END
