package io.neuronledger.query.partition;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.reader.Delivered;

/**
 * A record of an owner that could not be processed. It is parked in the database; a copy goes to the dead letters.
 *
 * @param reason for operators
 */
public record Poison(int partition, WalletAddress owner, Delivered<AccountRecord> record, String reason) {}
