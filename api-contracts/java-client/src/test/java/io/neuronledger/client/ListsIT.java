package io.neuronledger.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.ScriptedService.Asked;
import io.neuronledger.client.query.model.LedgerLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ListsIT {
  private final ScriptedService service = new ScriptedService();
  private final Lists lists = LedgerClient
      .of(Services.of(service.url()), TokenSource.none(), _ -> { }, new Random(1)).lists();

  @AfterEach
  void stop() {
    service.close();
  }

  private static String page(String cursor, String... owners) {
    String lines = String.join(",", Arrays.stream(owners).map(each -> "{\"owner\":\"" + each + "\"}").toList());
    return "{\"ledgers\":[" + lines + "],\"has_more\":" + !cursor.isEmpty()
        + (cursor.isEmpty() ? "" : ",\"next_cursor\":\"" + cursor + "\"") + "}";
  }

  private static List<String> owners(Stream<LedgerLine> lines) {
    return lines.map(LedgerLine::getOwner).toList();
  }

  @Test
  void a_list_goes_on_to_its_last_page_also_over_an_empty_one() {
    service.then(200, page("b", "0x1", "0x2")).then(200, page("c")).then(200, page("", "0x3"));
    assertThat(owners(lists.ledgers(asked -> asked.minBlock(7L)))).containsExactly("0x1", "0x2", "0x3");
    assertThat(service.asked()).extracting(Asked::uri).containsExactly("/v1/ledgers?limit=500&min_block=7",
        "/v1/ledgers?limit=500&cursor=b&min_block=7", "/v1/ledgers?limit=500&cursor=c&min_block=7");
  }

  @Test
  void a_page_is_asked_for_once_its_lines_are_wanted() {
    service.then(200, page("b", "0x1", "0x2"));
    Stream<LedgerLine> lines = lists.ledgers(asked -> asked);
    assertThat(service.asked()).isEmpty();
    assertThat(owners(lines.limit(2))).containsExactly("0x1", "0x2");
    assertThat(service.asked()).hasSize(1);
  }

  @Test
  void a_refused_page_ends_the_stream() {
    service.then(200, page("b", "0x1")).thenProblem(400, "bad-parameter", 0);
    assertThatThrownBy(() -> owners(lists.ledgers(asked -> asked.limit(1)))).isInstanceOf(ProblemException.class);
  }

  @Test
  void a_service_that_goes_round_in_circles_is_found() {
    service.then(200, page("b", "0x1"));
    assertThatThrownBy(() -> owners(lists.ledgers(asked -> asked))).hasMessageContaining("names itself");
  }

  @Test
  void so_is_a_circle_of_several_pages() {
    service.then(200, page("a", "0x1")).then(200, page("b", "0x2")).then(200, page("c", "0x3"))
        .then(200, page("a", "0x1")).then(200, page("", "0x4"));
    assertThatThrownBy(() -> owners(lists.ledgers(asked -> asked)))
        .hasMessageContaining("a page names one that was read before as the next one: a");
    assertThat(service.asked()).hasSize(4);
  }

  /** By the types of their filters, which are named after the operations. */
  @Test
  void every_operation_with_a_cursor_is_a_stream() {
    List<String> streams = Arrays.stream(Lists.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
        .map(method -> ((ParameterizedType) method.getGenericParameterTypes()[0]).getActualTypeArguments()[0])
        .map(type -> type.getTypeName().replaceAll(".*\\$API(.*)Request\\$Builder", "$1")
            .toLowerCase(Locale.ROOT)).toList();
    List<String> operations = new ArrayList<>();
    for (String each : List.of("ledger-query", "ledger-command", "chain-indexer")) {
      JsonNode document = read("/openapi/" + each + ".v1.yaml");
      document.path("paths").forEach(path -> path.forEach(operation -> {
        if (operation.path("parameters").valueStream().map(parameter -> parameter.has("$ref")
            ? document.at(parameter.path("$ref").asString().substring(1)) : parameter)
            .anyMatch(parameter -> parameter.path("name").asString("").equals("cursor"))) {
          operations.add(operation.path("operationId").asString().toLowerCase(Locale.ROOT));
        }
      }));
    }
    assertThat(streams).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(operations);
  }

  private static JsonNode read(String document) {
    try (InputStream file = ListsIT.class.getResourceAsStream(document)) {
      return new YAMLMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
