package io.neuronledger.foundation.problem.answer;

import io.neuronledger.contracts.value.WalletAddress;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The JSON of answers: that of the service, with addresses in EIP-55, and amounts in the unit that was asked for.
 * Stored payloads and topics have neither. Thread-safe.
 */
public final class AnswerJson {
  private final JsonMapper inNeuron;
  private final JsonMapper inZeroG;

  /** @param service the service's own JSON, which is not changed */
  public AnswerJson(JsonMapper service) {
    SimpleModule addresses = new SimpleModule("addresses");
    addresses.addSerializer(WalletAddress.class, new Checksummed());
    this.inNeuron = service.rebuild().addModule(addresses).build();
    SimpleModule amounts = new SimpleModule("amounts");
    amounts.setSerializerModifier(new AmountsInZeroG());
    this.inZeroG = inNeuron.rebuild().addModule(amounts).build();
  }

  /** The JSON of an answer in a unit. */
  public JsonMapper in(AnswerUnit unit) {
    return switch (unit) {
      case NEURON -> inNeuron;
      case ZERO_G -> inZeroG;
    };
  }

  private static final class Checksummed extends ValueSerializer<WalletAddress> {
    @Override
    public void serialize(WalletAddress address, JsonGenerator out, SerializationContext context) {
      out.writeString(address.checksummed());
    }
  }
}
