package io.neuronledger.query.types;

import io.neuronledger.contracts.value.Hash;
import java.util.HexFormat;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** The domain {@code chain_hash} (32 bytes) as {@link Hash}. */
public final class HashConverter extends AbstractConverter<byte[], Hash> {
  private static final long serialVersionUID = 1L;
  private static final int HEX_PREFIX = 2;

  public HashConverter() {
    super(byte[].class, Hash.class);
  }

  @Override
  public @Nullable Hash from(byte @Nullable [] stored) {
    return stored == null ? null : Hash.of(stored);
  }

  @Override
  public byte @Nullable [] to(@Nullable Hash value) {
    return value == null ? null : HexFormat.of().parseHex(value.value(), HEX_PREFIX, value.value().length());
  }
}
