package io.neuronledger.foundation.problem;

import io.neuronledger.contracts.value.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object in a request. Strict: a number is no text, a fraction is no count, and an unknown field
 * is refused. Mistakes are collected, so that {@link #check} reports all of them at once.
 */
public final class StrictJsonObject {
  private static final int MISTAKES_SHOWN_MAX = 20;
  private static final int REASON_MAX = 2_000;

  private final String path;
  private final JsonNode object;
  private final List<String> mistakes;
  private final Set<String> known = new HashSet<>();

  private StrictJsonObject(String path, JsonNode object, List<String> mistakes) {
    this.path = path;
    this.object = object;
    this.mistakes = mistakes;
  }

  /**
   * @param name the name of the value in messages, with its article
   * @throws Refusal unless the node is an object
   */
  public static StrictJsonObject of(String name, JsonNode node) {
    if (!node.isObject()) {
      throw new Refusal(ProblemCode.MALFORMED_REQUEST, name + " must be a JSON object, not " + typeOf(node));
    }
    return new StrictJsonObject("", node, new ArrayList<>());
  }

  /** A required text that {@code parse} accepts; empty after a mistake. */
  public <T> Optional<T> text(String name, Function<String, T> parse) {
    if (isMissing(name)) {
      addMistake(name + " is missing");
      return Optional.empty();
    }
    return optionalText(name, parse);
  }

  /** An optional text that {@code parse} accepts; empty if it is missing, or after a mistake. */
  public <T> Optional<T> optionalText(String name, Function<String, T> parse) {
    if (isMissing(name)) {
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isString()) {
      addMistake(name + " must be a string, not " + typeOf(node));
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(node.stringValue()));
    } catch (IllegalArgumentException e) {
      addMistake(name + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A required reason, for people: text of 1 to 2,000 characters that is not blank; empty after a mistake. */
  public Optional<String> reason(String name) {
    return text(name, text -> {
      if (text.isBlank() || text.length() > REASON_MAX || text.indexOf('\0') >= 0
          || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        throw new IllegalArgumentException("must be text of 1 to " + REASON_MAX + " characters");
      }
      return text;
    });
  }

  /** A required array of texts that {@code parse} accepts, each once; empty after a mistake. */
  public <T> Optional<List<T>> texts(String name, Function<String, T> parse) {
    if (isMissing(name)) {
      addMistake(name + " is missing");
      return Optional.empty();
    }
    return optionalTexts(name, parse);
  }

  /** The same, optional; empty if it is missing, or after a mistake. */
  public <T> Optional<List<T>> optionalTexts(String name, Function<String, T> parse) {
    if (isMissing(name)) {
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isString)) {
      addMistake(name + " must be an array of strings");
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    for (JsonNode each : node) {
      try {
        values.add(parse.apply(each.stringValue()));
      } catch (IllegalArgumentException e) {
        addMistake(name + ": " + e.getMessage());
        return Optional.empty();
      }
    }
    if (new HashSet<>(values).size() != values.size()) {
      addMistake(name + " has a value twice");
      return Optional.empty();
    }
    return Optional.of(values);
  }

  /** A required whole number within the range of a long; empty after a mistake. */
  public Optional<Long> count(String name) {
    if (isMissing(name)) {
      addMistake(name + " is missing");
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      addMistake(name + " must be a whole number, not " + typeOf(node));
      return Optional.empty();
    }
    return Optional.of(node.longValue());
  }

  /** A required array of whole numbers within the range of a long; empty after a mistake. */
  public Optional<List<Long>> counts(String name) {
    if (isMissing(name)) {
      addMistake(name + " is missing");
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isArray() || !node.valueStream().allMatch(each -> each.isIntegralNumber() && each.canConvertToLong())) {
      addMistake(name + " must be an array of whole numbers");
      return Optional.empty();
    }
    return Optional.of(node.valueStream().map(JsonNode::longValue).toList());
  }

  /** A required truth value; empty after a mistake. */
  public Optional<Boolean> flag(String name) {
    if (isMissing(name)) {
      addMistake(name + " is missing");
      return Optional.empty();
    }
    return optionalFlag(name);
  }

  /** An optional truth value; empty if it is missing, or after a mistake. */
  public Optional<Boolean> optionalFlag(String name) {
    if (isMissing(name)) {
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isBoolean()) {
      addMistake(name + " must be true or false, not " + typeOf(node));
      return Optional.empty();
    }
    return Optional.of(node.booleanValue());
  }

  /** A required object, whose mistakes are added to these; empty after a mistake. */
  public Optional<StrictJsonObject> object(String name) {
    if (isMissing(name)) {
      addMistake(name + " is missing");
      return Optional.empty();
    }
    return optionalObject(name);
  }

  /** An optional object, whose mistakes are added to these; empty if it is missing, or after a mistake. */
  public Optional<StrictJsonObject> optionalObject(String name) {
    if (isMissing(name)) {
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isObject()) {
      addMistake(name + " must be a JSON object, not " + typeOf(node));
      return Optional.empty();
    }
    return Optional.of(new StrictJsonObject(path + name + ".", node, mistakes));
  }

  /**
   * A required array of objects, whose mistakes are added to these, each with its number from 0; empty after a mistake.
   *
   * @param most the largest number of objects
   * @param read the value of one object; empty after a mistake
   */
  public <T> Optional<List<T>> objects(String name, int most, Function<StrictJsonObject, Optional<T>> read) {
    if (isMissing(name)) {
      addMistake(name + " is missing");
      return Optional.empty();
    }
    JsonNode node = object.path(name);
    if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isObject)) {
      addMistake(name + " must be an array of JSON objects");
      return Optional.empty();
    }
    if (node.size() > most) {
      addMistake(name + " has at most " + most + " objects, not " + node.size());
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      read.apply(new StrictJsonObject(path + name + "[" + i + "].", node.get(i), mistakes)).ifPresent(values::add);
    }
    return values.size() == node.size() ? Optional.of(values) : Optional.empty();
  }

  /** The value of {@code factory}; empty after its IllegalArgumentException, which is a mistake of the whole object. */
  public <T> Optional<T> create(Supplier<T> factory) {
    try {
      return Optional.of(factory.get());
    } catch (IllegalArgumentException e) {
      mistakes.add((path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ") + e.getMessage());
      return Optional.empty();
    }
  }

  /** @param mistake begins with the field's name */
  public void addMistake(String mistake) {
    mistakes.add(path + mistake);
  }

  /** Adds a mistake for each field that was not read before. */
  public void refuseUnknown() {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        addMistake(Excerpt.of(name) + " is not a field of this object");
      }
    }
  }

  /** @throws Refusal with all mistakes, if there are any */
  public void check() {
    if (!mistakes.isEmpty()) {
      int more = mistakes.size() - MISTAKES_SHOWN_MAX;
      throw new Refusal(ProblemCode.MALFORMED_REQUEST,
          String.join("; ", mistakes.subList(0, Math.min(mistakes.size(), MISTAKES_SHOWN_MAX)))
              + (more > 0 ? "; and " + more + " more mistakes" : ""));
    }
  }

  private boolean isMissing(String name) {
    known.add(name);
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
