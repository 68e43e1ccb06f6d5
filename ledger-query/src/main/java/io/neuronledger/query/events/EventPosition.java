package io.neuronledger.query.events;

import io.neuronledger.contracts.topic.event.EventTopic;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * Where a subscription is: the numbers of the next events of its partitions. Its text is the id of an event, after
 * which a subscription goes on. Of one owner that is the CloudEvent's own, partition and number; of all owners a number
 * for each partition, opaque to callers. Mutable, for one thread.
 */
public final class EventPosition {
  /** Before the first event. */
  public static final String BEGINNING = "beginning";
  private static final int TEXT_MAX = 8_000;
  private static final int CHECKSUM = Integer.BYTES;
  private static final int BITS = 7;
  private static final int LOW_BITS = 0x7f;
  private static final int MORE = 0x80;

  /** Of a position in one partition. */
  private static final int NO_FORM = 0;

  private final int first;
  /** The first byte of the text of all partitions: the number of the topic. */
  private final int form;
  private final long[] next;
  private final long chainId;

  private EventPosition(int first, int form, long chainId, long... next) {
    this.first = first;
    this.form = form;
    this.chainId = chainId;
    this.next = next;
  }

  /** Of the events of one owner, which are in one partition. */
  public static EventPosition inPartition(int partition, long next) {
    return new EventPosition(partition, NO_FORM, -1, next);
  }

  /** Of all partitions of a topic, from the first one on. */
  public static EventPosition ofAll(EventTopic topic, long[] next) {
    return new EventPosition(0, topic.number(), -1, next.clone());
  }

  /** @throws IllegalArgumentException for what is no id of an event in the partition */
  public static EventPosition parse(String text, int partition) {
    if (text.equals(BEGINNING)) {
      return inPartition(partition, 0);
    }
    String prefix = partition + "-";
    String seq = text.startsWith(prefix) ? text.substring(prefix.length()) : "";
    if (!seq.matches("0|[1-9]\\d{0,17}")) {
      throw new IllegalArgumentException("the id of an event of this owner begins with " + prefix
          + ", and its number in the partition follows; before the first event: " + BEGINNING);
    }
    return inPartition(partition, Long.parseLong(seq) + 1);
  }

  /** @throws IllegalArgumentException for what is no id of an event of all owners, or of another deployment or topic */
  public static EventPosition parseAll(EventTopic topic, String text, int partitions) {
    if (text.equals(BEGINNING)) {
      return ofAll(topic, new long[partitions]);
    }
    if (text.length() > TEXT_MAX) {
      throw notAnId();
    }
    byte[] bytes = decoded(text);
    int end = bytes.length - CHECKSUM;
    if (end < 1 || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end) || !encoded(bytes).equals(text)) {
      throw notAnId();
    }
    if (bytes[0] != topic.number()) {
      throw new IllegalArgumentException("an id of other events, or of a service that is older or newer than this one");
    }
    ByteBuffer numbers = ByteBuffer.wrap(bytes, 1, end - 1);
    long chainId = number(numbers);
    long[] next = new long[partitions];
    for (int i = 0; i < partitions; i++) {
      next[i] = number(numbers);
    }
    if (numbers.hasRemaining()) {
      throw new IllegalArgumentException("this id was given by a ledger with another number of partitions");
    }
    return new EventPosition(0, topic.number(), chainId, next);
  }

  private static IllegalArgumentException notAnId() {
    return new IllegalArgumentException("not the id of an event of all owners; before the first event: " + BEGINNING);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw notAnId();
    }
  }

  private static long number(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += BITS) {
      if (!bytes.hasRemaining()) {
        throw new IllegalArgumentException("this id was given by a ledger with another number of partitions");
      }
      int each = bytes.get();
      number |= (long) (each & LOW_BITS) << shift;
      if ((each & MORE) == 0) {
        return number;
      }
    }
    throw notAnId();
  }

  /** Whether the id names another chain; the beginning, and an id of one owner's, name none. */
  public boolean isOfAnotherChain(long chain) {
    return chainId >= 0 && chain >= 0 && chainId != chain;
  }

  /** The numbers of its partitions. */
  public List<Integer> partitions() {
    return IntStream.range(first, first + next.length).boxed().toList();
  }

  public long next(int partition) {
    return next[partition - first];
  }

  public void move(int partition, long to) {
    next[partition - first] = to;
  }

  /** @param chain that of the events; without an event there is none, and the position is the beginning */
  public String text(long chain) {
    if (LongStream.of(next).allMatch(each -> each == 0)) {
      return BEGINNING;
    }
    if (form == NO_FORM) {
      return first + "-" + (next[0] - 1);
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream(next.length * Integer.BYTES + Long.BYTES);
    written.write(form);
    write(chain, written);
    for (long each : next) {
      write(each, written);
    }
    byte[] numbers = written.toByteArray();
    byte[] bytes = Arrays.copyOf(numbers, numbers.length + CHECKSUM);
    ByteBuffer.wrap(bytes).putInt(numbers.length, checksum(bytes, numbers.length));
    return encoded(bytes);
  }

  private static void write(long number, ByteArrayOutputStream written) {
    long left = number;
    while (left > LOW_BITS) {
      written.write((int) (left & LOW_BITS) | MORE);
      left >>>= BITS;
    }
    written.write((int) left);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
