package io.neuronledger.command.report;

import io.neuronledger.contracts.topic.Topics;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** CloudEvents 1.0 in Kafka's binary mode: the attributes are headers, the record's value is the data. */
final class CloudEventHeaders {
  private static final List<String> REQUIRED = List.of("ce_specversion", "ce_id", "ce_source", "ce_type");
  private static final String SPEC_VERSION = "1.0";
  private static final String CONTENT_TYPE = "content-type";
  private static final String JSON = "application/json";

  private CloudEventHeaders() {}

  /** @throws Refusal unless the headers declare a usage report as JSON */
  static void requireUsageReport(Headers headers) {
    for (String name : REQUIRED) {
      if (value(headers, name).filter(text -> !text.isEmpty()).isEmpty()) {
        throw refused("the header " + name + " is missing");
      }
    }
    require(headers, "ce_specversion", SPEC_VERSION);
    require(headers, "ce_type", Topics.USAGE_REPORT_TYPE);
    value(headers, CONTENT_TYPE).ifPresent(type -> {
      if (!mediaType(type).equals(JSON)) {
        throw refused("the header " + CONTENT_TYPE + " must be " + JSON + ", not " + Excerpt.of(type));
      }
    });
  }

  private static void require(Headers headers, String name, String expected) {
    String found = value(headers, name).orElse("");
    if (!found.equals(expected)) {
      throw refused("the header " + name + " must be " + expected + ", not " + Excerpt.of(found));
    }
  }

  private static Refusal refused(String detail) {
    return new Refusal(ProblemCode.NOT_A_USAGE_REPORT, detail);
  }

  /** The media type without parameters, which have no meaning for JSON. */
  private static String mediaType(String contentType) {
    return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> value(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name)).map(Header::value)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
