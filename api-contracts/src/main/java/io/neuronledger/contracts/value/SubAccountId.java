package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/** The id of the funds that one owner set aside for one provider's service. */
public record SubAccountId(WalletAddress owner, WalletAddress provider, ServiceName service)
    implements Comparable<SubAccountId> {
  private static final String PREFIX = "sub-account";
  private static final int PARTS = 4;

  private static final Comparator<SubAccountId> ORDER = Comparator.comparing(SubAccountId::owner)
      .thenComparing(SubAccountId::service).thenComparing(SubAccountId::provider);

  /** @throws IllegalArgumentException unless it has the form of {@link #toString} */
  @JsonCreator
  public static SubAccountId parse(String text) {
    String[] parts = text.split(":", PARTS);
    if (parts.length != PARTS || !parts[0].equals(PREFIX)) {
      throw new IllegalArgumentException("not a sub-account: " + Excerpt.of(text));
    }
    return new SubAccountId(WalletAddress.parse(parts[1]), WalletAddress.parse(parts[2]), ServiceName.of(parts[3]));
  }

  /** By owner, then service, then provider. */
  @Override
  public int compareTo(SubAccountId other) {
    return ORDER.compare(this, other);
  }

  /** {@code sub-account:<owner>:<provider>:<service>}: the service comes last because it may contain a colon. */
  @JsonValue
  @Override
  public String toString() {
    return PREFIX + ":" + owner + ":" + provider + ":" + service;
  }
}
