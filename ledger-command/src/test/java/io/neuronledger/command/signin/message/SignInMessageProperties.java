package io.neuronledger.command.signin.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reading and writing are inverse, so that no two texts are the same message. */
class SignInMessageProperties {
  private static final List<String> TIMES = List.of("2021-09-30T16:25:24Z", "2021-09-30T16:25:24.123Z",
      "1999-12-31t23:59:59+18:00", "2400-02-29T00:00:00.000000001-00:30");

  @Provide
  Arbitrary<SignInMessage> messages() {
    Arbitrary<String> domains = Arbitraries.of("example.com", "example.com:3388", "user@h", "[::1]:80", "a%2Fb");
    Arbitrary<Optional<String>> schemes = Arbitraries.of("https", "http", "a+b").optional();
    Arbitrary<WalletAddress> addresses = Arbitraries.bytes().array(byte[].class).ofSize(20).map(WalletAddress::of);
    Arbitrary<Optional<String>> statements = Arbitraries.strings().withCharRange('a', 'z').withChars(" :/?#[]@!$&'-=")
        .ofMinLength(1).ofMaxLength(40).optional();
    Arbitrary<String> uris = Arbitraries.of("https://example.com/login", "did:key:x", "a:?#", "urn:b:%41",
        "a://u@h:1/x");
    Arbitrary<String> numbers = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20);
    Arbitrary<String> nonces = Arbitraries.strings().alpha().numeric().ofMinLength(8).ofMaxLength(64);
    Arbitrary<String> times = Arbitraries.of(TIMES);
    return Combinators.combine(schemes, domains, addresses, statements, uris, numbers, nonces, times)
        .flatAs((scheme, domain, address, statement, uri, chain, nonce, issued) -> Combinators.combine(
            times.optional(), times.optional(), Arbitraries.of("", "id", "a%20b").optional(), uris.list().ofMaxSize(3)
                .optional()).as((expires, begins, id, resources) -> new SignInMessage(scheme, domain, address,
                statement, uri, chain, nonce, issued, expires, begins, id, resources)));
  }

  @Property(tries = 500)
  void a_message_that_was_written_is_read_as_the_same(@ForAll("messages") SignInMessage message) {
    String text = message.toString();
    assertThat(SignInMessage.parse(text)).isEqualTo(message).hasToString(text);
  }

  /** Any one character changed, left out or put in: refused, or another message, which is written as it was read. */
  @Property(tries = 500)
  void a_changed_text_is_refused_or_another_message(@ForAll("messages") SignInMessage message,
      @ForAll("positions") int position, @ForAll("characters") char other) {
    String text = message.toString();
    int at = position % text.length();
    for (String changed : List.of(text.substring(0, at) + other + text.substring(at + 1),
        text.substring(0, at) + text.substring(at + 1), text.substring(0, at) + other + text.substring(at))) {
      Optional<SignInMessage> read = parsed(changed);
      read.ifPresent(found -> assertThat(found).hasToString(changed));
      if (!changed.equals(text)) {
        assertThat(read).isNotEqualTo(Optional.of(message));
      }
    }
  }

  @Provide
  Arbitrary<Integer> positions() {
    return Arbitraries.integers().between(0, 1_000);
  }

  @Provide
  Arbitrary<Character> characters() {
    return Arbitraries.of('\n', ' ', ':', '/', '0', '1', 'a', 'A', '-', '\r', '%', '\u00e9', '\t', 'Z', '@', '[');
  }

  private static Optional<SignInMessage> parsed(String text) {
    try {
      return Optional.of(SignInMessage.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
