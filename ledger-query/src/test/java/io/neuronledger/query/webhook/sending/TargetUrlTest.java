package io.neuronledger.query.webhook.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
  private static final TargetUrl STRICT = new TargetUrl(false, new AddressRules(List.of()));
  private static final TargetUrl LOCAL =
      new TargetUrl(true, new AddressRules(List.of(Network.parse("127.0.0.0/8"), Network.parse("::1/128"))));

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com/", "https://example.com/hook?a=b", "https://example.com:1024/",
      "https://example.com:65535/", "https://8.8.8.8/", "https://[2606:4700::1111]/"})
  void a_url_of_the_public_internet_is_allowed(String url) {
    assertThat(STRICT.parse(url)).isEqualTo(url);
    assertThat(LOCAL.parse(url)).isEqualTo(url);
  }

  @Test
  void it_is_kept_in_its_normal_form() {
    assertThat(STRICT.parse("HTTPS://Example.COM:443/a/../b")).isEqualTo("https://example.com/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.com", "//example.com/", "/hook", "ftp://example.com/", "file:///etc/passwd",
      "http://example.com/", "https://", "https:///", "https://user@example.com/", "https://user:x@example.com/",
      "https://example.com/@", "https://example.com/#a", "https://example.com:0/", "https://example.com:80/",
      "https://example.com:22/", "https://example.com:1023/", "https://example.com:65536/", "https://exa mple.com/",
      "https://example.com/\r\nHost: x", "https://example.com/\u0000", "https://ex\u00e4mple.com/",
      "https://example.com\\@127.0.0.1/", "https://127.0.0.1/", "https://127.1/", "https://2130706433/",
      "https://0/", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data/", "https://[::1]/",
      "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[fe80::1]/", "https://999.1.1.1/",
      "https://localhost/", "https://localhost./", "https://postgres:5432/", "https://0x7f000001/"})
  void everything_else_is_refused(String url) {
    assertThatThrownBy(() -> STRICT.parse(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_a_setting_allows_is_allowed() {
    for (String url : List.of("http://127.0.0.1:8080/", "http://example.com/", "http://[::1]/", "https://127.0.0.1/",
        "http://localhost/", "http://receiver:8080/")) {
      assertThat(LOCAL.parse(url)).isEqualTo(url);
    }
    for (String url : List.of("http://10.0.0.1/", "http://example.com:443/", "ftp://127.0.0.1/")) {
      assertThatThrownBy(() -> LOCAL.parse(url)).as(url).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void its_length_has_a_limit() {
    String base = "https://example.com/";
    String longest = base + "a".repeat(TargetUrl.LENGTH_MAX - base.length());
    assertThat(STRICT.parse(longest)).isEqualTo(longest);
    assertThatThrownBy(() -> STRICT.parse(longest + "a")).isInstanceOf(IllegalArgumentException.class);
  }
}
