package io.neuronledger.command.usage;

import static io.neuronledger.command.fixture.Reports.full;
import static io.neuronledger.command.fixture.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestDigestTest {
  /**
   * Computed with another implementation. Millions of rows have such digests: if the computation changes, repeats are
   * recorded again.
   */
  @Test
  void a_digest_never_changes() {
    assertThat(RequestDigest.of(full("r-1"))).isEqualTo(new RequestDigest(
        UUID.fromString("004d3dcc-b1d1-52d5-d706-b64eeabce0a6"),
        UUID.fromString("4096dce2-3cc4-29ac-b05f-8b7223ffa9c6")));
    assertThat(RequestDigest.of(report("r-1", 5)).content())
        .isEqualTo(UUID.fromString("56b66925-f0bb-8b2d-45c8-539bba1ffe34"));
  }

  @Test
  void every_field_is_part_of_the_content_and_only_two_of_the_request() {
    UsageReport one = full("r-1");
    Units.Tokens units = (Units.Tokens) one.units();
    List<UsageReport> others = List.of(
        new UsageReport(one.requestId(), Wallets.BOB, one.provider(), one.service(), one.model(), units, one.fee(),
            one.when(), one.source(), one.apiKeyId()),
        new UsageReport(one.requestId(), one.owner(), one.provider(), ServiceName.of("other"), one.model(), units,
            one.fee(), one.when(), one.source(), one.apiKeyId()),
        new UsageReport(one.requestId(), one.owner(), one.provider(), one.service(), new ModelName("other"), units,
            one.fee(), one.when(), one.source(), one.apiKeyId()),
        with(one, new Units.Tokens(1_201, 200, 300, units.inputPrice(), units.cachedInputPrice(), units.outputPrice())),
        with(one, new Units.Tokens(1_200, 201, 300, units.inputPrice(), units.cachedInputPrice(), units.outputPrice())),
        with(one, new Units.Tokens(1_200, 200, 301, units.inputPrice(), units.cachedInputPrice(), units.outputPrice())),
        with(one, new Units.Tokens(1_200, 200, 300, Neuron.ZERO, units.cachedInputPrice(), units.outputPrice())),
        with(one, new Units.Tokens(1_200, 200, 300, units.inputPrice(), Neuron.ZERO, units.outputPrice())),
        with(one, new Units.Tokens(1_200, 200, 300, units.inputPrice(), units.cachedInputPrice(), Neuron.ZERO)),
        with(one, new Units.Images(5, Neuron.ZERO)),
        with(one, new Units.Seconds(5, Neuron.ZERO)),
        with(one, new Units.Unpriced(List.of())),
        with(one, new Units.Unpriced(List.of(clips(Optional.empty(), 5)))),
        with(one, new Units.Unpriced(List.of(clips(Optional.empty(), 6)))),
        with(one, new Units.Unpriced(List.of(clips(Optional.of("1080p"), 5)))),
        with(one, new Units.Priced(List.of(
            new Units.PricedLine(Units.UnitKind.CLIPS, Optional.empty(), 5, Neuron.ZERO)))),
        with(one, new Units.Priced(List.of(
            new Units.PricedLine(Units.UnitKind.CLIPS, Optional.empty(), 5, Neuron.parse("1"))))),
        with(one, new Units.Priced(List.of(
            new Units.PricedLine(Units.UnitKind.IMAGES, Optional.empty(), 5, Neuron.ZERO)))),
        new UsageReport(one.requestId(), one.owner(), one.provider(), one.service(), one.model(), units, Neuron.ZERO,
            one.when(), one.source(), one.apiKeyId()),
        new UsageReport(one.requestId(), one.owner(), one.provider(), one.service(), one.model(), units, one.fee(),
            one.when().plusNanos(1_000), one.source(), one.apiKeyId()),
        new UsageReport(one.requestId(), one.owner(), one.provider(), one.service(), one.model(), units, one.fee(),
            one.when(), UsageSource.DIRECT, one.apiKeyId()),
        new UsageReport(one.requestId(), one.owner(), one.provider(), one.service(), one.model(), units, one.fee(),
            one.when(), one.source(), Optional.empty()),
        new UsageReport(one.requestId(), one.owner(), one.provider(), one.service(), one.model(), units, one.fee(),
            one.when(), one.source(), Optional.of(new ApiKeyId("other"))));

    Set<UUID> contents = new HashSet<>(Set.of(RequestDigest.of(one).content()));
    for (UsageReport other : others) {
      assertThat(contents.add(RequestDigest.of(other).content())).as("different content: %s", other).isTrue();
      assertThat(RequestDigest.of(other).request()).isEqualTo(RequestDigest.of(one).request());
    }
    UsageReport otherProvider = new UsageReport(one.requestId(), one.owner(), Wallets.OTHER_PROVIDER, one.service(),
        one.model(), units, one.fee(), one.when(), one.source(), one.apiKeyId());
    UsageReport otherId = new UsageReport(new RequestId("r-2"), one.owner(), one.provider(), one.service(), one.model(),
        units, one.fee(), one.when(), one.source(), one.apiKeyId());
    assertThat(Set.of(RequestDigest.of(one).request(), RequestDigest.of(otherProvider).request(),
        RequestDigest.of(otherId).request())).hasSize(3);
  }

  private static Units.UnpricedLine clips(Optional<String> tier, long count) {
    return new Units.UnpricedLine(Units.UnitKind.CLIPS, tier, count);
  }

  private static UsageReport with(UsageReport report, Units units) {
    return new UsageReport(report.requestId(), report.owner(), report.provider(), report.service(), report.model(),
        units, report.fee(), report.when(), report.source(), report.apiKeyId());
  }
}
