package io.neuronledger.contracts.topic;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes that chain the records of each partition of {@link Topics#ACCOUNT_EVENTS}: a changed, missing or inserted
 * record changes every later hash.
 */
public final class RecordHash {
  /** The header of a record with its hash, {@link #BYTES} bytes. */
  public static final String HEADER = "hash";
  public static final int BYTES = 32;

  private RecordHash() {}

  /** The hash before the first record of a partition. */
  public static byte[] none() {
    return new byte[BYTES];
  }

  /**
   * SHA-256 over the hash of the partition's previous record and the record's value.
   *
   * @param value as published
   */
  public static byte[] of(byte[] previous, byte[] value) {
    MessageDigest digest = sha256();
    digest.update(previous);
    return digest.digest(value);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
