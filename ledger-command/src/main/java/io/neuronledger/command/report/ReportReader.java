package io.neuronledger.command.report;

import io.neuronledger.command.request.Fields;
import io.neuronledger.command.request.Unreadable;
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
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Reads usage reports from JSON, field by field, so that every mistake is told with its place. */
final class ReportReader {
  private ReportReader() {}

  /** @throws Unreadable unless the node is a report within its limits; its fee is not checked here */
  static UsageReport report(JsonNode node) {
    Fields fields = Fields.of("a report", node);
    RequestId requestId = fields.text("request_id", RequestId::of);
    WalletAddress owner = fields.text("owner", WalletAddress::typed);
    WalletAddress provider = fields.text("provider", WalletAddress::typed);
    ServiceName service = fields.text("service", ServiceName::of);
    ModelName model = fields.text("model", ModelName::of);
    Units units = units(fields.object("units"));
    Neuron fee = fields.text("fee", Neuron::parse);
    Instant when = fields.text("when", ReportReader::instant);
    UsageSource source = fields.text("source", UsageSource::of);
    var apiKeyId = fields.optionalText("api_key_id", ApiKeyId::of);
    fields.nothingElse();
    try {
      return new UsageReport(requestId, owner, provider, service, model, units, fee, when, source, apiKeyId);
    } catch (IllegalArgumentException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Units units(Fields fields) {
    String kind = fields.text("kind", text -> text);
    try {
      Units units = switch (kind) {
        case Units.TOKENS -> new Units.Tokens(fields.count("input"), fields.count("cached_input"),
            fields.count("output"), price(fields, "input_price"), price(fields, "cached_input_price"),
            price(fields, "output_price"));
        case Units.IMAGES -> new Units.Images(fields.count("count"), price(fields, "price"));
        case Units.SECONDS -> new Units.Seconds(fields.count("count"), price(fields, "price"));
        default -> throw new Unreadable("units.kind must be tokens, images or seconds: " + Excerpt.of(kind));
      };
      fields.nothingElse();
      return units;
    } catch (IllegalArgumentException e) {
      throw new Unreadable("units: " + e.getMessage());
    }
  }

  private static Neuron price(Fields fields, String name) {
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
