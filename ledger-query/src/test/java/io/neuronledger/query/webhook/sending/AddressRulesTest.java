package io.neuronledger.query.webhook.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses that may be connected to, on both sides of each range. */
class AddressRulesTest {
  private static final AddressRules RULES = new AddressRules(List.of());

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
      "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
      "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
      "203.0.112.255", "203.0.114.0", "223.255.255.255", "2000::", "2001:200::", "2001:4860:4860::8888", "2003::",
      "2606:4700::1111", "3ffe:ffff::1", "3fff:1000::1"})
  void what_is_of_the_public_internet_is_allowed(String text) {
    assertThat(RULES.isAllowed(address(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.100.100.200",
      "100.127.255.255", "127.0.0.0", "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254",
      "169.254.255.255", "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.192", "192.0.0.255", "192.0.2.0",
      "192.0.2.255", "192.88.99.0", "192.88.99.255", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
      "198.51.100.0", "198.51.100.255", "203.0.113.0", "203.0.113.255", "224.0.0.0", "239.255.255.255", "240.0.0.0",
      "255.255.255.255", "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
      "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "1fff:ffff::1", "2001::1", "2001:0:ffff::1",
      "2001:1ff::1", "2001:db8::1", "2001:db8:ffff::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "3fff:fff::1",
      "4000::1", "fc00::1", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ffff::1"})
  void everything_else_is_refused(String text) {
    assertThat(RULES.isAllowed(address(text))).isFalse();
  }

  @Test
  void a_setting_allows_networks_and_nothing_beside_them() {
    AddressRules rules = new AddressRules(Stream.of("127.0.0.1/32", "10.1.0.0/16", "fd00::/8", "0.0.0.0/32")
        .map(Network::parse).toList());
    for (String allowed : List.of("127.0.0.1", "10.1.255.255", "fd12::1", "0.0.0.0", "::ffff:127.0.0.1", "8.8.8.8")) {
      assertThat(rules.isAllowed(address(allowed))).as(allowed).isTrue();
    }
    for (String refused : List.of("127.0.0.2", "10.2.0.0", "10.0.255.255", "fc00::1", "::1")) {
      assertThat(rules.isAllowed(address(refused))).as(refused).isFalse();
    }
    assertThat(new AddressRules(List.of(Network.parse("0.0.0.0/0"))).isAllowed(address("::1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "10.0.0/8",
      "10.0.0.0.0/8", "fd00::/129", "fd00::1/8", "localhost/8", "example.com/8", "10.0.0.0/08", "/8", "999.0.0.0/8",
      " 10.0.0.0/8", "::/ff"})
  void what_is_no_network_is_refused(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
