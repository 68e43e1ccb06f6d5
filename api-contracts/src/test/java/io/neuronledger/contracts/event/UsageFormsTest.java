package io.neuronledger.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.usage.UsageTotal;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The stored forms of usage: what was ever written is read, and both JSON libraries write the same. */
class UsageFormsTest {
  private static final JsonMapper JACKSON_3 = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
      .build();
  private static final com.fasterxml.jackson.databind.ObjectMapper JACKSON_2 =
      com.fasterxml.jackson.databind.json.JsonMapper.builder()
          .addModules(new com.fasterxml.jackson.datatype.jsr310.JavaTimeModule(),
              new com.fasterxml.jackson.datatype.jdk8.Jdk8Module())
          .propertyNamingStrategy(com.fasterxml.jackson.databind.PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
          .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private static final WalletAddress OWNER = WalletAddress.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
  private static final WalletAddress PROVIDER = WalletAddress.parse("0x15d34aaf54267db7d7c367839aaf71a00a2c6a65");
  private static final ServiceName SERVICE = ServiceName.of("inference-v1.0");
  private static final UsageReport REPORT = new UsageReport(new RequestId("chatcmpl-7f3a"), OWNER, PROVIDER, SERVICE,
      new ModelName("deepseek-ai/DeepSeek-V3"),
      new Units.Tokens(1200, 200, 300, Neuron.parse("70"), Neuron.parse("7"), Neuron.parse("210")),
      Neuron.parse("134400"), Instant.parse("2026-01-01T00:10:00.123456Z"), UsageSource.DIRECT,
      Optional.of(new ApiKeyId("key-7")));

  @Test
  void usage_recorded() throws IOException {
    UsageLine image = new UsageLine(new RequestId("img-1"), new ModelName("flux"),
        new Units.Images(2, Neuron.ofZeroG("0.02")), Neuron.ofZeroG("0.04"), Instant.parse("2026-01-01T00:10:01Z"),
        UsageSource.ROUTER, Optional.empty());
    UsageLine audio = new UsageLine(new RequestId("audio-1"), new ModelName("whisper"),
        new Units.Seconds(90, Neuron.parse("11")), Neuron.parse("990"), Instant.parse("2026-01-01T00:10:02Z"),
        UsageSource.DIRECT, Optional.empty());
    assertForm("usage-recorded.v1.json", AccountEvent.class, new UsageEvent.UsageRecorded(OWNER, PROVIDER, SERVICE,
        List.of(REPORT.line(), image, audio), new UsageTotal(17, NeuronSum.of(Neuron.MAX).plus(Neuron.MAX)),
        new UsageTotal(1, NeuronSum.of(Neuron.ofZeroG("0.04")))));
  }

  @Test
  void difference_resolved() throws IOException {
    DifferenceKey key = new DifferenceKey(DifferenceKey.Kind.BOUNDARY,
        Optional.of(new SettlementId(new ChainPosition(12, 3, 4), 1)), new SubAccountId(OWNER, PROVIDER, SERVICE));
    assertForm("difference-resolved.v1.json", AccountEvent.class, new UsageEvent.DifferenceResolved(OWNER, key,
        NeuronSum.parse("19"), "agreed with the provider: a fee was rounded", "finance",
        Instant.parse("2026-02-01T09:30:00.123Z")));
  }

  @Test
  void usage_report() throws IOException {
    assertForm("usage-report.v1.json", UsageReport.class, REPORT);
  }

  private static <T> void assertForm(String file, Class<T> type, T value) throws IOException {
    String golden = read(file);
    assertThat(JACKSON_3.readValue(golden, type)).isEqualTo(value);
    assertThat(JACKSON_2.readValue(golden, type)).isEqualTo(value);
    String written = JACKSON_3.writerFor(type).writeValueAsString(value);
    assertThat(JACKSON_3.readTree(written)).isEqualTo(JACKSON_3.readTree(golden));
    assertThat(JACKSON_2.writerFor(type).writeValueAsString(value)).isEqualTo(written);
  }

  private static String read(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(UsageFormsTest.class.getResourceAsStream("/golden/" + file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
