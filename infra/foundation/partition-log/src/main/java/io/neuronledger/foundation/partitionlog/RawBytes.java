package io.neuronledger.foundation.partitionlog;

import java.util.Arrays;

/** A record's bytes, passed on without reading them. Not copied: no caller writes to the array. */
public final class RawBytes {
  private final byte[] bytes;

  public RawBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
