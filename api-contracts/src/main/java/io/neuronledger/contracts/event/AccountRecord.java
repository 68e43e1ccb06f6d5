package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One record of {@link Topics#ACCOUNT_EVENTS}.
 *
 * @param partition the partition
 * @param seq nth record of the partition, from 0, without a gap, each once: at an offset not read before a reader takes
 *     exactly the next one and halts at any other
 * @param stream the aggregate's stream, {@code ledger:<owner>}; {@code usage-meter:<owner>:<provider>:<service>} for
 *     reported usage; {@code resolution:<owner>:<key>} for what people decided; {@code partition:<number>} for what concerns the partition
 * @param sequence nth event of the stream, from 0, without a gap
 * @param recordedAt when ledger-command stored it, by its clock
 */
public record AccountRecord(long chainId, @JsonProperty("lane") int partition, long seq, String stream, long sequence,
    Instant recordedAt,
    AccountEvent event) {}
