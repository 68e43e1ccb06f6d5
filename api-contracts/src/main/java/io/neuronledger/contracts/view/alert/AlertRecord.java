package io.neuronledger.contracts.view.alert;

import java.time.Instant;

/**
 * A record of {@link io.neuronledger.contracts.topic.Topics#ALERTS}, as JSON.
 *
 * @param chainId the EIP-155 id of the chain
 * @param seq its number in the partition, from 0, without gaps; a record that is published again has the same
 * @param recordedAt by the clock of ledger-query; of what was recorded while its rule was muted, before it was sent
 */
public record AlertRecord(long chainId, int partition, long seq, Instant recordedAt, AlertView alert) {}
