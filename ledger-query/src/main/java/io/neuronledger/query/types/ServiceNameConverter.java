package io.neuronledger.query.types;

import io.neuronledger.contracts.value.ServiceName;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** The columns named {@code service} as {@link ServiceName}. */
public final class ServiceNameConverter extends AbstractConverter<String, ServiceName> {
  private static final long serialVersionUID = 1L;

  public ServiceNameConverter() {
    super(String.class, ServiceName.class);
  }

  @Override
  public @Nullable ServiceName from(@Nullable String stored) {
    return stored == null ? null : new ServiceName(stored);
  }

  @Override
  public @Nullable String to(@Nullable ServiceName value) {
    return value == null ? null : value.value();
  }
}
