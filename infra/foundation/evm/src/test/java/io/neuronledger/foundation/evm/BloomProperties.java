package io.neuronledger.foundation.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BloomProperties {
  @Property
  void never_denies_what_is_in_it(@ForAll("keys") List<String> hex) {
    List<Bloom.Key> keys = hex.stream().map(Bloom.Key::of).toList();
    Bloom bloom = Bloom.ofKeys(keys);
    assertThat(keys).allMatch(bloom::mayContain);
    assertThat(bloom.isEmpty()).isEqualTo(keys.isEmpty());
    assertThat(Bloom.parse(bloom.toString())).isEqualTo(bloom).hasSameHashCodeAs(bloom);
  }

  /** go-ethereum, core/types/bloom9_test.go: these and no others. */
  @Example
  void agrees_with_the_reference() {
    Bloom bloom = Bloom.ofKeys(List.of(text("testtest"), text("test"), text("hallo"), text("other")));
    assertThat(List.of(text("testtest"), text("test"), text("hallo"), text("other"))).allMatch(bloom::mayContain);
    assertThat(List.of(text("tes"), text("lo"))).noneMatch(bloom::mayContain);
  }

  @Example
  void empty_and_full_blooms_carry_no_information() {
    assertThat(Bloom.parse("0x" + "0".repeat(512)).isEmpty()).isTrue();
    assertThat(Bloom.parse("0x" + "f".repeat(512)).isFull()).isTrue();
    assertThatThrownBy(() -> Bloom.parse("0x00")).isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<List<String>> keys() {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(40).map(digits -> "0x" + digits).list()
        .ofMaxSize(20);
  }

  private static Bloom.Key text(String text) {
    return Bloom.Key.of("0x" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
  }
}
