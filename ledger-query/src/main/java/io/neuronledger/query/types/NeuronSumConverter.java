package io.neuronledger.query.types;

import io.neuronledger.contracts.usage.NeuronSum;
import java.math.BigDecimal;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** The domain {@code neuron_sum} (NUMERIC without a fraction) as {@link NeuronSum}. */
public final class NeuronSumConverter extends AbstractConverter<BigDecimal, NeuronSum> {
  private static final long serialVersionUID = 1L;

  public NeuronSumConverter() {
    super(BigDecimal.class, NeuronSum.class);
  }

  @Override
  public @Nullable NeuronSum from(@Nullable BigDecimal stored) {
    return stored == null ? null : new NeuronSum(stored.toBigIntegerExact());
  }

  @Override
  public @Nullable BigDecimal to(@Nullable NeuronSum value) {
    return value == null ? null : new BigDecimal(value.value());
  }
}
