package io.neuronledger.contracts.topic;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.zip.CRC32C;

/**
 * The partitions. All records of one owner are in one partition, with the same number in every topic and in the event
 * store. The number is computed here and never left to a partitioner.
 *
 * @param count fixed for a deployment, 1 to 1,024
 */
public record Partitions(int count) {
  public static final Partitions DEFAULT = new Partitions(16);

  private static final int COUNT_MAX = 1024;

  public Partitions {
    if (count < 1 || count > COUNT_MAX) {
      throw new IllegalArgumentException("partitions must be 1 to " + COUNT_MAX + ": " + count);
    }
  }

  /** CRC-32C of the address's 20 bytes, modulo the count: any language can compute it. */
  public int of(WalletAddress owner) {
    CRC32C checksum = new CRC32C();
    checksum.update(owner.bytes());
    return (int) (checksum.getValue() % count);
  }
}
