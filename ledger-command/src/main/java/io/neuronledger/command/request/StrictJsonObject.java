package io.neuronledger.command.request;

import io.neuronledger.contracts.value.Excerpt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object from outside. Strict: a number is no text, a fraction is no count, and a field that
 * nobody asked for is refused. Mistakes are collected, so that {@link #check} names all of them at once.
 */
public final class StrictJsonObject {
  private static final int MISTAKES_SHOWN_MAX = 20;

  private final String path;
  private final JsonNode object;
  private final List<String> mistakes;
  private final Set<String> asked = new HashSet<>();

  private StrictJsonObject(String path, JsonNode object, List<String> mistakes) {
    this.path = path;
    this.object = object;
    this.mistakes = mistakes;
  }

  /**
   * @param what it is, for messages
   * @throws Unreadable unless it is an object
   */
  public static StrictJsonObject of(String what, JsonNode node) {
    if (!node.isObject()) {
      throw new Unreadable(what + " must be a JSON object, not " + typeOf(node));
    }
    return new StrictJsonObject("", node, new ArrayList<>());
  }

  /** A text that {@code parse} takes; empty where there is none, which is a mistake. */
  public <T> Optional<T> text(String name, Function<String, T> parse) {
    if (isMissing(name)) {
      mistake(name + " is missing");
      return Optional.empty();
    }
    return optionalText(name, parse);
  }

  /** A text that {@code parse} takes; empty where there is none, and where it is a mistake. */
  public <T> Optional<T> optionalText(String name, Function<String, T> parse) {
    if (isMissing(name)) {
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isString()) {
      mistake(name + " must be a string, not " + typeOf(node));
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(node.stringValue()));
    } catch (IllegalArgumentException e) {
      mistake(name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A whole number that a long holds; empty where there is none, which is a mistake. */
  public Optional<Long> count(String name) {
    if (isMissing(name)) {
      mistake(name + " is missing");
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      mistake(name + " must be a whole number, not " + typeOf(node));
      return Optional.empty();
    }
    return Optional.of(node.longValue());
  }

  /** An object, whose mistakes are added to these; empty where there is none, which is a mistake. */
  public Optional<StrictJsonObject> object(String name) {
    if (isMissing(name)) {
      mistake(name + " is missing");
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isObject()) {
      mistake(name + " must be a JSON object, not " + typeOf(node));
      return Optional.empty();
    }
    return Optional.of(new StrictJsonObject(path + name + ".", node, mistakes));
  }

  /** What is made of fields that were read; empty where it cannot be, which is a mistake of the object. */
  public <T> Optional<T> made(Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (IllegalArgumentException e) {
      mistakes.add((path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ") + e.getMessage());
      return Optional.empty();
    }
  }

  /** @param mistake begins with the field's name */
  public void mistake(String mistake) {
    mistakes.add(path + mistake);
  }

  /** A field that was not asked for is a mistake. */
  public void nothingElse() {
    for (String name : object.propertyNames()) {
      if (!asked.contains(name)) {
        mistake(Excerpt.of(name) + " is not a field of this object");
      }
    }
  }

  /** @throws Unreadable with all mistakes, if there are any */
  public void check() {
    if (!mistakes.isEmpty()) {
      int more = mistakes.size() - MISTAKES_SHOWN_MAX;
      throw new Unreadable(String.join("; ", mistakes.subList(0, Math.min(mistakes.size(), MISTAKES_SHOWN_MAX)))
          + (more > 0 ? "; and " + more + " more mistakes" : ""));
    }
  }

  private boolean isMissing(String name) {
    asked.add(name);
    JsonNode node = object.path(name);
    return node.isMissingNode() || node.isNull();
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
