package io.neuronledger.query.intake;

import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.foundation.partitionlog.RawBytes;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.exception.DataAccessException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Describes why the database refuses a record, with the value and its field; the failed statement names neither. */
public final class RefusedValue {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  private RefusedValue() {}

  /** @param value the record's value, as received */
  public static String describe(DataAccessException failure, RawBytes value) {
    PSQLException cause = failure.getCause(PSQLException.class);
    ServerErrorMessage error = cause == null ? null : cause.getServerErrorMessage();
    String message = error == null || error.getMessage() == null ? String.valueOf(failure.getMessage())
        : error.getMessage();
    return "the database refuses " + field(message, value).map(name -> "the field " + name).orElse("it") + ": "
        + Excerpt.of(message) + " (" + failure.sqlState() + ")";
  }

  /** The field of the record with a value quoted in the message. */
  private static Optional<String> field(String message, RawBytes value) {
    try {
      JsonNode document = JsonMapper.shared().readTree(value.bytes());
      Matcher quoted = QUOTED.matcher(message);
      while (quoted.find()) {
        Optional<String> found = holderOf(quoted.group(1), document, "");
        if (found.isPresent()) {
          return found;
        }
      }
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<String> holderOf(String text, JsonNode node, String path) {
    if (node.isString() && node.stringValue().equals(text)) {
      return Optional.of(path);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      Optional<String> found =
          holderOf(text, field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
