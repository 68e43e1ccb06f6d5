package io.neuronledger.query.projection;

/** A record's value, as received. The array must not be modified. */
public final class RawBytes {
  private final byte[] bytes;

  public RawBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte[] bytes() {
    return bytes;
  }
}
