package io.neuronledger.query.projection;

/** A record's value as it came, whatever it is. Nobody changes it. */
public final class RawBytes {
  private final byte[] bytes;

  public RawBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte[] bytes() {
    return bytes;
  }
}
