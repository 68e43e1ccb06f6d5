package io.neuronledger.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
  /** Providers choose these texts, and users open them in a spreadsheet. */
  @ParameterizedTest
  @CsvSource(quoteCharacter = '|', value = {"=1+1,'=1+1", "+1,'+1", "-1,'-1", "@A1,'@A1", "'=1,''=1", "a=1,a=1",
      "1-2,1-2", "|=HYPERLINK(\"x\",1)|,|'=HYPERLINK(\"\"x\"\",1)|"})
  void text_is_quoted_and_never_a_formula(String text, String within) {
    String cell = "\"" + within + "\"";
    assertThat(row(text)).isEqualTo(cell);
    assertThat(row(Optional.of(text))).isEqualTo(cell);
    assertThat(row(ServiceName.of(text))).isEqualTo(cell);
    assertThat(row(new ModelName(text))).isEqualTo(cell);
  }

  @Test
  void text_is_not_a_formula_after_a_tab_or_line_end() {
    assertThat(row("\t=1")).isEqualTo("\"'\t=1\"");
    assertThat(row("\r=1")).isEqualTo("\"'\r=1\"");
    assertThat(row("\n=1")).isEqualTo("\"'\n=1\"");
  }

  /** A spreadsheet of a country that writes them takes them for the narrow ones. */
  @ParameterizedTest
  @ValueSource(strings = {"\uff1d1", "\uff0b1", "\uff0d1", "\uff20A1"})
  void text_is_not_a_formula_after_a_full_width_character(String text) {
    assertThat(row(text)).isEqualTo("\"'" + text + "\"");
  }

  @Test
  void text_and_amounts_are_quoted_and_counts_are_not() {
    assertThat(row("007", new NeuronSum(BigInteger.valueOf(-100)), Neuron.parse("7"), -3L, new BigDecimal("1.5"),
        true, "", Optional.empty())).isEqualTo("\"007\",\"-100\",\"7\",-3,1.5,\"true\",,");
  }

  @Test
  void a_decimal_has_no_exponent() {
    assertThat(row(new BigDecimal("1E-18"))).isEqualTo("0.000000000000000001");
  }

  @Test
  void addresses_have_their_checksum() {
    assertThat(row(WalletAddress.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8"),
        Optional.of(WalletAddress.ZERO))).isEqualTo("\"0x70997970C51812dc3A010C7d01b50e0d17dc79C8\",\""
            + WalletAddress.ZERO.value() + "\"");
  }

  private static String row(Object... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CsvWriter(out).row(values);
    String line = out.toString(StandardCharsets.UTF_8);
    return line.substring(0, line.length() - 2);
  }
}
