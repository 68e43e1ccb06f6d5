package io.neuronledger.query.webhook.sending;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses with a common beginning, as CIDR writes them: {@code 10.0.0.0/8}, {@code fd00::/8}.
 *
 * @param address the first one
 * @param bits how many bits they have in common
 */
public record Network(InetAddress address, int bits) {
  private static final Pattern FORM = Pattern.compile("([0-9.]{7,15}|[0-9a-fA-F:.]{2,45})/(0|[1-9]\\d{0,2})");

  /**
   * Parses CIDR notation.
   *
   * @throws IllegalArgumentException for anything else, and where a bit after the common ones is set
   */
  public static Network parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches() || (form.group(1).indexOf(':') < 0 && form.group(1).split("\\.", -1).length != Integer.BYTES)) {
      throw notOne(text);
    }
    try {
      // Without a letter after f and with this form there is no name to look up.
      InetAddress address = InetAddress.getByName(form.group(1));
      Network network = new Network(address, Integer.parseInt(form.group(2)));
      if (network.bits > address.getAddress().length * Byte.SIZE || !network.isFirst()) {
        throw notOne(text);
      }
      return network;
    } catch (UnknownHostException e) {
      throw notOne(text);
    }
  }

  private static IllegalArgumentException notOne(String text) {
    return new IllegalArgumentException("not a network like 10.0.0.0/8 or fd00::/8: " + text);
  }

  private boolean isFirst() {
    byte[] bytes = address.getAddress();
    for (int i = bits; i < bytes.length * Byte.SIZE; i++) {
      if (bit(bytes, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it has the address; one of IPv4 is in no network of IPv6. */
  boolean contains(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] bytes = other.getAddress();
    if (own.length != bytes.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (bit(own, i) != bit(bytes, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean bit(byte[] bytes, int index) {
    return (bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) == 1;
  }
}
