package io.neuronledger.cli.operate.request;

import io.neuronledger.client.query.ApiClient;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.JsonText;
import io.neuronledger.wallet.text.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints answers: as the API writes them with {@code --json}, else as tables. */
public final class Answers {
  private static final ObjectMapper MAPPER = ApiClient.createDefaultObjectMapper();

  private Answers() {}

  /**
   * A column of a table, or a line about one thing.
   *
   * @param pointer to its value in the JSON
   * @param isAmount whether the value is in neuron, and shown in the unit that was asked for
   */
  public record Column(String title, String pointer, boolean isAmount) {
    public static Column of(String title, String pointer) {
      return new Column(title, pointer, false);
    }

    public static Column amount(String title, String pointer) {
      return new Column(title, pointer, true);
    }

    private String titled(OutputOptions output) {
      return isAmount ? output.title(title) : title;
    }

    private String cell(OutputOptions output, JsonNode line) {
      String text = text(line.at(pointer));
      if (!isAmount) {
        return text;
      }
      try {
        return output.format().show(Optional.of(text).filter(digits -> !digits.isEmpty()));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /**
   * The lines of a list, as far as they were asked for.
   *
   * @param more whether there are more
   */
  public record Lines<T>(List<T> lines, boolean more) {
    public Lines {
      lines = List.copyOf(lines);
    }

    /** The first lines of a list, which is read as far as needed. */
    public static <T> Lines<T> first(int limit, Stream<T> list) {
      List<T> read = list.limit(limit + 1L).toList();
      return new Lines<>(read.size() > limit ? read.subList(0, limit) : read, read.size() > limit);
    }
  }

  /** An answer as its JSON. */
  public static JsonNode tree(Object answer) {
    return MAPPER.valueToTree(answer);
  }

  /**
   * What the lines have within them, each with members of its line before its own.
   *
   * @param list the member with the objects within
   * @param kept the members of the line
   */
  public static List<ObjectNode> within(Stream<JsonNode> lines, String list, String... kept) {
    return lines.flatMap(line -> line.path(list).valueStream().map(inner -> {
      ObjectNode laid = object();
      Stream.of(kept).forEach(name -> laid.set(name, line.path(name)));
      inner.forEachEntry(laid::set);
      return laid;
    })).toList();
  }

  /** An empty object, to put answers into. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Reads JSON as a body or an answer of the API. */
  public static <T> T read(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  public static void json(OutputOptions output, Object answer) {
    output.line(JsonText.pretty(MAPPER, answer));
  }

  /** One thing, a line for each column that it has. */
  public static void one(OutputOptions output, String heading, Object answer, Column... columns) {
    if (output.json()) {
      json(output, answer);
      return;
    }
    JsonNode tree = tree(answer);
    Table table = new Table("", "");
    for (Column column : columns) {
      String cell = column.cell(output, tree);
      if (!cell.isEmpty()) {
        table.row(column.titled(output), cell);
      }
    }
    output.line(heading);
    table.lines().stream().skip(2).forEach(line -> output.line("  " + line));
  }

  /** What was done, where the service answers nothing: with {@code --json} an empty object. */
  public static void done(OutputOptions output, String what) {
    if (output.json()) {
      json(output, object());
    } else {
      output.line(what);
    }
  }

  /** @param name of the lines in the JSON */
  public static void list(OutputOptions output, String name, Lines<?> read, Column... columns) {
    if (output.json()) {
      ObjectNode answer = object();
      answer.set(name, tree(read.lines()));
      json(output, answer.put("has_more", read.more()));
      return;
    }
    table(output, Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' '), read.lines(), columns);
    if (read.more()) {
      output.line("There are more: see --limit.");
    }
  }

  /** Lines below their heading, without JSON. */
  public static void table(OutputOptions output, String heading, List<?> lines, Column... columns) {
    Table table = new Table(Stream.of(columns).map(column -> column.titled(output)).toArray(String[]::new));
    for (Object line : lines) {
      JsonNode tree = tree(line);
      table.row(Stream.of(columns).map(column -> column.cell(output, tree)).toArray(String[]::new));
    }
    output.table(heading, table, "None.");
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return value.isArray() ? value.valueStream().map(Answers::text).collect(Collectors.joining(", "))
        : value.isValueNode() ? value.asString() : value.toString();
  }
}
