package io.neuronledger.foundation.access.rate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whom a request comes from, as far as its address shows: an IPv4 address, or the /64 of an IPv6 address, because
 * whoever has one of a /64 has all of them.
 *
 * @param name the address, or the network in hex
 */
record RemoteNetwork(String name) {
  private static final int NETWORK_BYTES = 8;

  /** @param address of a connection; what is no address is a network of its own */
  static RemoteNetwork of(String address) {
    try {
      InetAddress remote = InetAddress.ofLiteral(address.split("%", 2)[0]);
      return new RemoteNetwork(remote instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(remote.getAddress(), NETWORK_BYTES)) + "/64"
          : remote.getHostAddress());
    } catch (IllegalArgumentException e) {
      return new RemoteNetwork(address);
    }
  }
}
