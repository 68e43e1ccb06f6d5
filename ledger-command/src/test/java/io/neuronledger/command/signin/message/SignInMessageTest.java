package io.neuronledger.command.signin.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The standard's own examples, and what its grammar does not have. */
class SignInMessageTest {
  /** From EIP-4361, "Example Message". */
  private static final String EXAMPLE = """
      example.com wants you to sign in with your Ethereum account:
      0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2

      I accept the ExampleOrg Terms of Service: https://example.com/tos

      URI: https://example.com/login
      Version: 1
      Chain ID: 1
      Nonce: 32891756
      Issued At: 2021-09-30T16:25:24Z
      Resources:
      - ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/
      - https://example.com/my-web2-claim.json""";
  private static final String PLAIN = """
      example.com wants you to sign in with your Ethereum account:
      0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2
      \n
      URI: https://example.com
      Version: 1
      Chain ID: 1
      Nonce: 32891756
      Issued At: 2021-09-30T16:25:24Z""";

  @Test
  void the_examples_of_the_standard_are_read_and_written() {
    SignInMessage example = SignInMessage.parse(EXAMPLE);
    assertThat(example.scheme()).isEmpty();
    assertThat(example.domain()).isEqualTo("example.com");
    assertThat(example.address().value()).isEqualTo("0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2");
    assertThat(example.statement()).contains("I accept the ExampleOrg Terms of Service: https://example.com/tos");
    assertThat(example.uri()).isEqualTo("https://example.com/login");
    assertThat(example.chainId()).isEqualTo("1");
    assertThat(example.nonce()).isEqualTo("32891756");
    assertThat(example.issued()).isEqualTo(Instant.parse("2021-09-30T16:25:24Z"));
    assertThat(example.expires()).isEmpty();
    assertThat(example.resources()).contains(List.of(
        "ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/",
        "https://example.com/my-web2-claim.json"));
    assertThat(example).hasToString(EXAMPLE);

    String withPort = EXAMPLE.replaceFirst("example.com", "example.com:3388");
    assertThat(SignInMessage.parse(withPort).domain()).isEqualTo("example.com:3388");
    assertThat(SignInMessage.parse(withPort)).hasToString(withPort);
    String withScheme = EXAMPLE.replaceFirst("example.com", "https://example.com");
    assertThat(SignInMessage.parse(withScheme).scheme()).contains("https");
    assertThat(SignInMessage.parse(withScheme).domain()).isEqualTo("example.com");
    assertThat(SignInMessage.parse(withScheme)).hasToString(withScheme);
  }

  @Test
  void the_optional_fields_are_read_in_their_order() {
    String all = PLAIN + """

        Expiration Time: 2021-10-01T00:00:00.123456789+02:00
        Not Before: 2021-09-30t16:25:24.5z
        Request ID: some-id%2F:@!
        Resources:""";
    SignInMessage message = SignInMessage.parse(all);
    assertThat(message.statement()).isEmpty();
    assertThat(message.expires()).contains(Instant.parse("2021-09-30T22:00:00.123456789Z"));
    assertThat(message.begins()).contains(Instant.parse("2021-09-30T16:25:24.500Z"));
    assertThat(message.requestId()).contains("some-id%2F:@!");
    assertThat(message.resources()).contains(List.of());
    assertThat(message).hasToString(all);
    assertThat(SignInMessage.parse(PLAIN + "\nRequest ID: ").requestId()).isEqualTo(Optional.of(""));
  }

  /** Each is one change of a message that is read; "|" is the end of a line. */
  @ParameterizedTest
  @CsvSource(delimiter = '>', quoteCharacter = '~', textBlock = """
      example.com wants > wants
      example.com wants > example.com  wants
      example.com wants > exa mple.com wants
      example.com wants > example.com/path wants
      example.com wants > exämple.com wants
      example.com wants > exa%mple.com wants
      example.com wants > [1.2.3.4] wants
      example.com wants > [::g] wants
      example.com wants > [:::1] wants
      example.com wants > 1https://example.com wants
      example.com wants > https:/example.com wants
      example.com wants > ://example.com wants
      wants you > Wants you
      account:| > account:
      account:| > account: |
      account:| > account:||
      Cc2 > cc2
      Cc2 > Cc
      Cc2 > Cc22
      0xC02 > 0XC02
      0xC02 > C02
      0xC02 > ~ 0xC02~
      Cc2|||URI > Cc2||URI
      Cc2|||URI > Cc2||||URI
      Cc2|||URI > Cc2||a statement|URI
      Cc2|||URI > Cc2||a "statement"||URI
      Cc2|||URI > Cc2||a 100% statement||URI
      Cc2|||URI > Cc2||a státement||URI
      Cc2|||URI > Cc2||one|two||URI
      Cc2|||URI > Cc2|not empty||URI
      URI: https > Uri: https
      URI: https > URI:https
      URI: https > ~URI:  https~
      https://example.com| > /login|
      https://example.com| > https://exa mple.com|
      https://example.com| > https://example.com/%zz|
      https://example.com| > https://example.com/[|
      https://example.com| > https://example.com/#a#b|
      https://example.com| > https://[::1|
      https://example.com| > |
      Version: 1 > Version: 2
      Version: 1 > Version: 01
      Version: 1| >
      Version: 1|Chain ID: 1 > Chain ID: 1|Version: 1
      Chain ID: 1 > Chain ID: 0x1
      Chain ID: 1 > Chain ID: -1
      Chain ID: 1 > ~Chain ID: ~
      Nonce: 32891756 > Nonce: 3289175
      Nonce: 32891756 > Nonce: 3289-1756
      Nonce: 32891756 > Nonce: 32891756é
      Nonce: 32891756| >
      2021-09-30T > 2021-09-31T
      2021-09-30T > 2021-9-30T
      2021-09-30T > 2021-09-30 T
      16:25:24Z > 16:25:24
      16:25:24Z > 16:25Z
      16:25:24Z > 24:25:24Z
      16:25:24Z > 16:25:60Z
      16:25:24Z > 16:25:24.Z
      16:25:24Z > 16:25:24.1234567890Z
      16:25:24Z > 16:25:24+0200
      16:25:24Z > 16:25:24+19:00
      16:25:24Z > 16:25:24Z|
      16:25:24Z > ~16:25:24Z ~
      16:25:24Z > 16:25:24Z|Expiration Time: soon
      16:25:24Z > 16:25:24Z|Not Before: 2021-10-01T00:00:00Z|Expiration Time: 2021-10-01T00:00:00Z
      16:25:24Z > 16:25:24Z|Expiration Time: 2021-10-01T00:00:00Z|Expiration Time: 2021-10-01T00:00:00Z
      16:25:24Z > 16:25:24Z|Request ID: a/b
      16:25:24Z > 16:25:24Z|Request ID: a b
      16:25:24Z > 16:25:24Z|Request ID: %4
      16:25:24Z > 16:25:24Z|Resources: https://example.com
      16:25:24Z > 16:25:24Z|Resources:|-https://example.com
      16:25:24Z > 16:25:24Z|Resources:|* https://example.com
      16:25:24Z > 16:25:24Z|Resources:|- not a uri
      16:25:24Z > 16:25:24Z|Resources:|
      16:25:24Z > 16:25:24Z|- https://example.com
      16:25:24Z > 16:25:24Z|Resources:|- https://example.com|Request ID: x
      16:25:24Z > 16:25:24Z|anything
      """)
  void what_the_grammar_does_not_have_is_refused(String part, String other) {
    String whole = PLAIN.replace("\n", "|");
    assertThat(whole).contains(part);
    String changed = whole.replace(part, Optional.ofNullable(other).orElse("")).replace("|", "\n");
    assertThatThrownBy(() -> SignInMessage.parse(changed)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void other_ends_of_lines_are_refused() {
    for (String end : List.of("\r\n", "\r", "\u2028", "\u0085", "\u000b", "\f")) {
      assertThatThrownBy(() -> SignInMessage.parse(EXAMPLE.replace("\n", end)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> SignInMessage.parse(EXAMPLE.replace("ExampleOrg ", "ExampleOrg" + end)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:", "a:b", "a:/", "a:/b//c", "a:b/c?d/?#e/?", "urn:isbn:0451450523", "a://", "a://u:p@h:1",
      "a://h:", "a://[::1]:80/x", "a://[2001:db8::1.2.3.4]", "mailto:a@b.c", "a+b-c.9:x", "a:%41", "did:key:z6Mk"})
  void uris_of_the_grammar_are_read(String uri) {
    assertThat(SignInMessage.parse(PLAIN.replace("URI: https://example.com", "URI: " + uri)).uri()).isEqualTo(uri);
  }

  @Test
  void a_message_has_a_length() {
    String padded = PLAIN + "\nRequest ID: ";
    String longest = padded + "x".repeat(SignInMessage.CHARACTERS_MAX - padded.length());
    assertThat(SignInMessage.parse(longest)).hasToString(longest);
    assertThatThrownBy(() -> SignInMessage.parse(longest + "x")).hasMessageContaining("at most 4096 characters");
    // The longest of each kind: no choice in a loop is left to the stack.
    for (String filler : List.of("%41", "a/", "?", "-")) {
      String uri = "https://example.com/" + filler.repeat(3_000 / filler.length());
      assertThat(SignInMessage.parse(PLAIN.replace("URI: https://example.com", "URI: " + uri)).uri()).isEqualTo(uri);
    }
  }

  @Test
  void anything_else_is_refused_and_never_an_error() {
    for (String text : List.of("", "\n", "x", "\n".repeat(4_000), "a".repeat(4_096), EXAMPLE.substring(0, 200),
        EXAMPLE + EXAMPLE.substring(0, 100))) {
      assertThatThrownBy(() -> SignInMessage.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
