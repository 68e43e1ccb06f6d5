package io.neuronledger.foundation.problem.answer;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SignedNeuron;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Writes beside each property that is an amount, {@code fee}, the same amount in 0G, {@code fee_0g}. */
final class AmountsInZeroG extends ValueSerializerModifier {
  private static final long serialVersionUID = 1L;
  private static final String SUFFIX = "_0g";

  @Override
  public List<BeanPropertyWriter> changeProperties(SerializationConfig config, BeanDescription.Supplier bean,
      List<BeanPropertyWriter> properties) {
    return properties.stream().map(each -> isAmount(each.getType()) ? new AmountWriter(each) : each).toList();
  }

  private static boolean isAmount(JavaType type) {
    JavaType value = type.isReferenceType() ? type.getReferencedType() : type;
    return value.hasRawClass(Neuron.class) || value.hasRawClass(SignedNeuron.class)
        || value.hasRawClass(NeuronSum.class);
  }

  /** A property and its twin. */
  private static final class AmountWriter extends BeanPropertyWriter {
    private static final long serialVersionUID = 1L;

    private AmountWriter(BeanPropertyWriter amount) {
      super(amount);
    }

    @Override
    public void serializeAsProperty(Object bean, JsonGenerator out, SerializationContext context) throws Exception {
      super.serializeAsProperty(bean, out, context);
      Object found = get(bean);
      Optional<?> amount = found instanceof Optional<?> optional ? optional : Optional.ofNullable(found);
      amount.map(AmountWriter::inZeroG).ifPresent(text -> out.writeStringProperty(getName() + SUFFIX, text));
    }

    private static String inZeroG(Object amount) {
      return switch (amount) {
        case Neuron neuron -> neuron.toZeroG();
        case SignedNeuron signed -> signed.toZeroG();
        case NeuronSum sum -> sum.toZeroG();
        default -> throw new IllegalStateException("not an amount: " + amount.getClass());
      };
    }
  }
}
