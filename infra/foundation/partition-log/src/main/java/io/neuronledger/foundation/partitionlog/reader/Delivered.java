package io.neuronledger.foundation.partitionlog.reader;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.ParsedRecord;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.util.Optional;

/**
 * The next record of a partition: it has the expected seq, the right partition and the right key.
 *
 * @param seq a malformed record without a readable one counts as the expected one
 * @param offset in Kafka
 * @param owner the owner that it concerns; empty if it concerns the whole partition
 */
public record Delivered<R>(long seq, long offset, Optional<WalletAddress> owner, RawBytes value,
    ParsedRecord<R> parsed) {}
