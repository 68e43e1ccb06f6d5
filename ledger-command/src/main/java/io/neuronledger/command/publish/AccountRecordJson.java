package io.neuronledger.command.publish;

import io.neuronledger.command.store.EventTable.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** Wraps a stored event in an account record. The event's bytes are copied as stored, without parsing. */
final class AccountRecordJson {
  private static final int ENVELOPE_SIZE = 256;

  private AccountRecordJson() {}

  /** The JSON of {@link io.neuronledger.contracts.topic.AccountRecord}. */
  static byte[] of(long chainId, StoredEvent event) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(event.payload().bytes().length + ENVELOPE_SIZE);
    String stream = new String(JsonStringEncoder.getInstance().quoteAsCharArray(event.stream()));
    json.writeBytes(("{\"chain_id\":" + chainId + ",\"partition\":" + event.partition() + ",\"seq\":" + event.seq()
        + ",\"stream\":\""
        + stream + "\",\"sequence\":" + event.sequence() + ",\"recorded_at\":\"" + event.recordedAt() + "\",\"event\":")
        .getBytes(StandardCharsets.UTF_8));
    json.writeBytes(event.payload().bytes());
    json.write('}');
    return json.toByteArray();
  }
}
