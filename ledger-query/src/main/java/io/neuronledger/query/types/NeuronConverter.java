package io.neuronledger.query.types;

import io.neuronledger.contracts.value.Neuron;
import java.math.BigDecimal;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** The domain {@code neuron} (NUMERIC without a fraction) as {@link Neuron}. */
public final class NeuronConverter extends AbstractConverter<BigDecimal, Neuron> {
  private static final long serialVersionUID = 1L;

  public NeuronConverter() {
    super(BigDecimal.class, Neuron.class);
  }

  @Override
  public @Nullable Neuron from(@Nullable BigDecimal stored) {
    return stored == null ? null : new Neuron(stored.toBigIntegerExact());
  }

  @Override
  public @Nullable BigDecimal to(@Nullable Neuron value) {
    return value == null ? null : new BigDecimal(value.value());
  }
}
