package io.neuronledger.indexer.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An honest answer with one change.
 *
 * @param document after the change
 * @param text of the document, cut where the change is a cut
 * @param mustFail whether no reader may make anything of it: a cut, or an array with an element of another type
 */
public record Mutated(JsonNode document, String text, boolean mustFail, String change) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private record Place(JsonNode parent, String field, int index) {
    JsonNode value() {
      return parent instanceof ArrayNode array ? array.get(index) : parent.get(field);
    }

    void set(JsonNode value) {
      if (parent instanceof ArrayNode array) {
        array.set(index, value);
      } else {
        ((ObjectNode) parent).set(field, value);
      }
    }

    void delete() {
      if (parent instanceof ArrayNode array) {
        array.remove(index);
      } else {
        ((ObjectNode) parent).remove(field);
      }
    }
  }

  /** @param honest an array or an object, which is left as it is */
  public static Mutated of(JsonNode honest, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    JsonNode document = honest.deepCopy();
    List<Place> places = new ArrayList<>();
    collect(document, places);
    Place place = places.get(random.nextInt(places.size()));
    JsonNode before = place.value();
    String where = place.field() + "[" + place.index() + "] = " + before;
    boolean element = place.parent().isArray();
    return switch (random.nextInt(6)) {
      case 0 -> {
        place.delete();
        yield new Mutated(document, document.toString(), false, "deleted " + where);
      }
      case 1 -> {
        place.set(NODES.nullNode());
        yield new Mutated(document, document.toString(), element, "null instead of " + where);
      }
      case 2 -> {
        JsonNode other = another(before, random);
        place.set(other);
        yield new Mutated(document, document.toString(), element, other + " instead of " + where);
      }
      case 3 -> {
        place.set(NODES.arrayNode().add(before));
        yield new Mutated(document, document.toString(), element, "nested " + where);
      }
      case 4 -> {
        JsonNode strange = random.nextBoolean() ? NODES.nullNode() : another(before, random);
        if (place.parent() instanceof ArrayNode array) {
          array.insert(random.nextInt(array.size() + 1), strange);
        }
        yield new Mutated(document, document.toString(), element, "inserted " + strange + " beside " + where);
      }
      default -> {
        String whole = document.toString();
        yield new Mutated(document, whole.substring(0, random.nextInt(1, whole.length())), true, "cut");
      }
    };
  }

  private static void collect(JsonNode node, List<Place> places) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        places.add(new Place(array, "", i));
        collect(array.get(i), places);
      }
    } else if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> {
        places.add(new Place(object, field.getKey(), -1));
        collect(field.getValue(), places);
      });
    }
  }

  private static JsonNode another(JsonNode before, SplittableRandom random) {
    List<JsonNode> others = List.of(NODES.numberNode(7), NODES.numberNode(1e300), NODES.booleanNode(true),
        NODES.stringNode("\ud83d\u0000"), NODES.objectNode(), NODES.arrayNode());
    List<JsonNode> ofAnotherType =
        others.stream().filter(other -> other.getNodeType() != before.getNodeType()).toList();
    return ofAnotherType.get(random.nextInt(ofAnotherType.size()));
  }
}
