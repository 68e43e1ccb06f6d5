package io.neuronledger.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What docs/api.md promises of an operation and of a parameter that are to go away. None is at present: a document of
 * the test has one of each.
 */
class DeprecationTest {
  private static final Duration LEAST = Duration.ofDays(180);
  private static final String CHANGES = "| 2026-01-01 | `oldThings`, and `colour` of `things`, are deprecated. |";
  private static final String DEPRECATED = """
      paths:
        /v1/things:
          get:
            operationId: things
            parameters:
              - $ref: "#/components/parameters/colour"
            responses:
              "200":
                description: All.
                headers:
                  Deprecation:
                    schema: {type: string, const: "@1767225600"}
                  Sunset:
                    schema: {type: string, const: "Tue, 30 Jun 2026 00:00:00 GMT"}
                  Link:
                    schema: {type: string, const: "</docs>; rel=\\"deprecation\\""}
        /v1/old-things:
          get:
            operationId: oldThings
            deprecated: true
            responses:
              "200":
                description: All.
                headers:
                  Deprecation:
                    required: true
                    schema: {type: string, const: "@1767225600"}
                  Sunset:
                    required: true
                    schema: {type: string, const: "Tue, 30 Jun 2026 00:00:00 GMT"}
                  Link:
                    required: true
                    schema: {type: string, const: "</docs>; rel=\\"deprecation\\""}
              "404": {description: None.}
      components:
        parameters:
          colour: {name: colour, in: query, deprecated: true, schema: {type: string}}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"ledger-query", "ledger-command", "chain-indexer"})
  void a_deprecated_operation_says_since_when_and_until_when(String service) throws IOException {
    assertThat(faults(Documents.read("/openapi/" + service + ".v1.yaml"), Files.readString(Path.of("../docs/api.md"))))
        .isEmpty();
  }

  @Test
  void all_that_is_promised_is_enough() {
    assertThat(faults(read(DEPRECATED), CHANGES)).isEmpty();
  }

  /** 180 days after 2026-01-01 is 2026-06-30. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "Deprecation:|X-Since:|oldThings 200: Deprecation",
      "Deprecation:|X-Since:|colour of things 200: Deprecation",
      "@1767225600|1767225600|oldThings 200: Deprecation",
      "Sunset:|X-Until:|oldThings 200: Sunset",
      "Tue, 30 Jun 2026 00:00:00 GMT|2026-06-30T00:00:00Z|oldThings 200: Sunset",
      "Tue, 30 Jun 2026 00:00:00 GMT|Mon, 29 Jun 2026 23:59:59 GMT|oldThings 200: less than 180 days",
      "Tue, 30 Jun 2026 00:00:00 GMT|Mon, 29 Jun 2026 23:59:59 GMT|colour of things 200: less than 180 days",
      "deprecation|help|oldThings 200: Link",
      "name: colour|name: shade|shade of things: docs/api.md has no line about it",
      "required: true|required: false|oldThings 200: Sunset",
      "operationId: oldThings|operationId: olderThings|olderThings: docs/api.md has no line about it"})
  void a_part_that_is_missing_is_found(String part, String replacement, String fault) {
    assertThat(faults(read(DEPRECATED.replace(part, replacement)), CHANGES)).contains(fault);
  }

  private static JsonNode read(String yaml) {
    return new YAMLMapper().readTree(yaml);
  }

  private static List<String> faults(JsonNode document, String changes) {
    List<String> faults = new ArrayList<>();
    document.path("paths").forEach(item -> item.forEach(operation -> {
      String name = operation.path("operationId").asString("");
      if (isDeprecated(operation)) {
        if (!changes.contains("`" + name + "`")) {
          faults.add(name + ": docs/api.md has no line about it");
        }
        addFaults(name, operation, true, faults);
      }
      for (JsonNode parameters : List.of(item.path("parameters"), operation.path("parameters"))) {
        for (JsonNode declared : parameters) {
          JsonNode parameter =
              declared.has("$ref") ? document.at(declared.path("$ref").asString().substring(1)) : declared;
          if (isDeprecated(parameter) && operation.has("operationId")) {
            String named = parameter.path("name").asString() + " of " + name;
            if (!changes.contains("`" + named.replace(" of ", "` of `") + "`")) {
              faults.add(named + ": docs/api.md has no line about it");
            }
            addFaults(named, operation, false, faults);
          }
        }
      }
    }));
    return faults;
  }

  private static boolean isDeprecated(JsonNode part) {
    return part.path("deprecated").asBoolean(false);
  }

  /** @param always whether each answer has the headers: of a parameter only the answers to requests with it */
  private static void addFaults(String name, JsonNode operation, boolean always, List<String> faults) {
    operation.path("responses").forEachEntry((status, answer) -> {
      if (status.startsWith("2")) {
        addFaultsOf(name + " " + status + ": ", answer.path("headers"), always, faults);
      }
    });
  }

  private static void addFaultsOf(String place, JsonNode headers, boolean always, List<String> faults) {
    Instant since = Instant.MAX;
    Instant until = Instant.MAX;
    if (value(headers, "Deprecation", always).matches("@\\d{1,11}")) {
      since = Instant.ofEpochSecond(Long.parseLong(value(headers, "Deprecation", always).substring(1)));
    } else {
      faults.add(place + "Deprecation");
    }
    try {
      until = ZonedDateTime.parse(value(headers, "Sunset", always), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      faults.add(place + "Sunset");
    }
    if (!value(headers, "Link", always).contains("rel=\"deprecation\"")) {
      faults.add(place + "Link");
    }
    if (since.isBefore(until) && until.isBefore(since.plus(LEAST))) {
      faults.add(place + "less than 180 days");
    }
  }

  /** The value of the header; empty where an answer that has to have it always may lack it. */
  private static String value(JsonNode headers, String name, boolean always) {
    JsonNode header = headers.path(name);
    return !always || header.path("required").asBoolean(false) ? header.at("/schema/const").asString("") : "";
  }
}
