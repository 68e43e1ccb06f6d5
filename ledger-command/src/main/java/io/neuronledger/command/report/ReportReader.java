package io.neuronledger.command.report;

import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.StrictJsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads usage reports from JSON, field by field; an error lists all mistakes, each with its field. */
final class ReportReader {
  private ReportReader() {}

  /** @throws Refusal unless the node is a report within its limits; the fee is not compared with the units here */
  static UsageReport report(JsonNode node) {
    return report(StrictJsonObject.of("a report", node));
  }

  /** @throws Refusal as {@link #report(JsonNode)}, with the mistakes of the objects around it */
  static UsageReport report(StrictJsonObject fields) {
    Optional<RequestId> requestId = fields.text("request_id", RequestId::of);
    Optional<WalletAddress> owner = fields.text("owner", WalletAddress::typed);
    Optional<WalletAddress> provider = fields.text("provider", WalletAddress::typed);
    Optional<ServiceName> service = fields.text("service", ServiceName::typed);
    Optional<ModelName> model = fields.text("model", ModelName::of);
    Optional<Units> units = fields.object("units").flatMap(ReportReader::units);
    Optional<Neuron> fee = fields.text("fee", Neuron::parse);
    Optional<Instant> when = fields.text("when", ReportReader::instant);
    Optional<UsageSource> source = fields.text("source", UsageSource::of);
    Optional<ApiKeyId> apiKeyId = fields.optionalText("api_key_id", ApiKeyId::of);
    fields.refuseUnknown();
    fields.check();
    Optional<UsageReport> report = fields.create(() -> new UsageReport(requestId.orElseThrow(), owner.orElseThrow(),
        provider.orElseThrow(), service.orElseThrow(), model.orElseThrow(), units.orElseThrow(), fee.orElseThrow(),
        when.orElseThrow(), source.orElseThrow(), apiKeyId));
    fields.check();
    return report.orElseThrow();
  }

  /** Empty after a mistake. */
  private static Optional<Units> units(StrictJsonObject fields) {
    Optional<Units> units = fields.text("kind", kind -> kind).flatMap(kind -> switch (kind) {
      case Units.TOKENS -> tokens(fields);
      case Units.IMAGES -> counted(fields, Units.Images::new);
      case Units.SECONDS -> counted(fields, Units.Seconds::new);
      case Units.PRICED -> lines(fields, ReportReader::pricedLine, Units.Priced::new);
      case Units.UNPRICED -> lines(fields, ReportReader::unpricedLine, Units.Unpriced::new);
      default -> {
        fields.addMistake("kind must be tokens, images, seconds, priced or unpriced: " + Excerpt.of(kind));
        yield Optional.empty();
      }
    });
    // The allowed fields depend on the kind.
    units.ifPresent(_ -> fields.refuseUnknown());
    return units;
  }

  private static Optional<Units> tokens(StrictJsonObject fields) {
    Optional<Long> input = fields.count("input");
    Optional<Long> cached = fields.count("cached_input");
    Optional<Long> output = fields.count("output");
    Optional<Neuron> inputPrice = price(fields, "input_price");
    Optional<Neuron> cachedPrice = price(fields, "cached_input_price");
    Optional<Neuron> outputPrice = price(fields, "output_price");
    if (Stream.of(input, cached, output, inputPrice, cachedPrice, outputPrice).anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return fields.create(() -> new Units.Tokens(input.orElseThrow(), cached.orElseThrow(), output.orElseThrow(),
        inputPrice.orElseThrow(), cachedPrice.orElseThrow(), outputPrice.orElseThrow()));
  }

  private static Optional<Units> counted(StrictJsonObject fields, BiFunction<Long, Neuron, Units> units) {
    Optional<Long> count = fields.count("count");
    Optional<Neuron> price = price(fields, "price");
    return count.flatMap(number -> price.flatMap(each -> fields.create(() -> units.apply(number, each))));
  }

  private static <T> Optional<Units> lines(StrictJsonObject fields, Function<StrictJsonObject, Optional<T>> line,
      Function<List<T>, Units> units) {
    return fields.objects("lines", Units.LINES_MAX, line)
        .flatMap(lines -> fields.create(() -> units.apply(lines)));
  }

  private static Optional<Units.PricedLine> pricedLine(StrictJsonObject fields) {
    Optional<Neuron> price = price(fields, "price");
    return unpricedLine(fields).flatMap(line -> price.flatMap(each ->
        fields.create(() -> new Units.PricedLine(line.kind(), line.tier(), line.count(), each))));
  }

  private static Optional<Units.UnpricedLine> unpricedLine(StrictJsonObject fields) {
    Optional<Units.UnitKind> kind = fields.text("kind", Units.UnitKind::of);
    Optional<String> tier = fields.optionalText("tier", text -> text);
    Optional<Long> count = fields.count("count");
    fields.refuseUnknown();
    return kind.flatMap(each -> count.flatMap(number ->
        fields.create(() -> new Units.UnpricedLine(each, tier, number))));
  }

  private static Optional<Neuron> price(StrictJsonObject fields, String name) {
    return fields.text(name, Neuron::parse);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time with a zone, as 2026-04-01T12:30:00Z: " + Excerpt.of(text), e);
    }
  }
}
