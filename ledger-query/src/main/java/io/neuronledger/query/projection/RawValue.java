package io.neuronledger.query.projection;

/** A record's value as it came, whatever it is. Nobody changes it. */
public final class RawValue {
  private final byte[] bytes;

  public RawValue(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte[] bytes() {
    return bytes;
  }
}
