package io.neuronledger.command.request;

import io.neuronledger.contracts.value.Excerpt;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object from outside. Strict, so that a mistake is told and not guessed away: a number is no text, a
 * fraction is no count, and a field that nobody asked for is refused.
 */
public final class Fields {
  private final String path;
  private final JsonNode object;
  private final Set<String> asked = new HashSet<>();

  private Fields(String path, JsonNode object) {
    this.path = path;
    this.object = object;
  }

  /**
   * @param what it is, for messages
   * @throws Unreadable unless it is an object
   */
  public static Fields of(String what, JsonNode node) {
    return of(what, "", node);
  }

  private static Fields of(String what, String path, JsonNode node) {
    if (!node.isObject()) {
      throw new Unreadable(what + " must be a JSON object, not " + typeOf(node));
    }
    return new Fields(path, node);
  }

  /** @throws Unreadable unless there is a text that {@code parse} takes */
  public <T> T text(String name, Function<String, T> parse) {
    return this.<T>optionalText(name, parse).orElseThrow(() -> new Unreadable(path + name + " is missing"));
  }

  /** @throws Unreadable if there is something else than a text that {@code parse} takes */
  public <T> Optional<T> optionalText(String name, Function<String, T> parse) {
    asked.add(name);
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw new Unreadable(path + name + " must be a string, not " + typeOf(node));
    }
    try {
      return Optional.of(parse.apply(node.stringValue()));
    } catch (IllegalArgumentException e) {
      throw new Unreadable(path + name + ": " + e.getMessage());
    }
  }

  /** @throws Unreadable unless there is a whole number that a long holds */
  public long count(String name) {
    asked.add(name);
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      throw new Unreadable(path + name + " is missing");
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new Unreadable(path + name + " must be a whole number, not " + typeOf(node));
    }
    return node.longValue();
  }

  /** @throws Unreadable unless there is an object */
  public Fields object(String name) {
    asked.add(name);
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      throw new Unreadable(path + name + " is missing");
    }
    return of(path + name, path + name + ".", node);
  }

  /** @throws Unreadable if there is a field that was not asked for */
  public void nothingElse() {
    for (String name : object.propertyNames()) {
      if (!asked.contains(name)) {
        throw new Unreadable(path + Excerpt.of(name) + " is not a field of this object");
      }
    }
  }

  private static String typeOf(JsonNode node) {
    if (node.isNumber()) {
      return "the number " + Excerpt.of(node.toString());
    }
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case BOOLEAN -> "a boolean";
      case NULL, MISSING -> "nothing";
      case BINARY, NUMBER, POJO -> "something else";
    };
  }
}
