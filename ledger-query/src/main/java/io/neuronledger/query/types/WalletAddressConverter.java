package io.neuronledger.query.types;

import io.neuronledger.contracts.value.WalletAddress;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** The domain {@code wallet_address} (20 bytes) as {@link WalletAddress}. */
public final class WalletAddressConverter extends AbstractConverter<byte[], WalletAddress> {
  private static final long serialVersionUID = 1L;

  public WalletAddressConverter() {
    super(byte[].class, WalletAddress.class);
  }

  @Override
  public @Nullable WalletAddress from(byte @Nullable [] stored) {
    return stored == null ? null : WalletAddress.of(stored);
  }

  @Override
  public byte @Nullable [] to(@Nullable WalletAddress value) {
    return value == null ? null : value.bytes();
  }
}
