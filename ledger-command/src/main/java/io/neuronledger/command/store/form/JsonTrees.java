package io.neuronledger.command.store.form;

import io.neuronledger.foundation.partitionlog.TopicJson;
import org.axonframework.serialization.ContentTypeConverter;
import tools.jackson.databind.node.ObjectNode;

/** Stored JSON as a tree and back, for upcasters. */
final class JsonTrees {
  private JsonTrees() {}

  /** Reads the stored bytes. */
  static final class Reader implements ContentTypeConverter<byte[], ObjectNode> {
    @Override
    public Class<byte[]> expectedSourceType() {
      return byte[].class;
    }

    @Override
    public Class<ObjectNode> targetType() {
      return ObjectNode.class;
    }

    @Override
    public ObjectNode convert(byte[] json) {
      return TopicJson.MAPPER.readValue(json, ObjectNode.class);
    }
  }

  /** Writes what an upcaster has made. */
  static final class Writer implements ContentTypeConverter<ObjectNode, byte[]> {
    @Override
    public Class<ObjectNode> expectedSourceType() {
      return ObjectNode.class;
    }

    @Override
    public Class<byte[]> targetType() {
      return byte[].class;
    }

    @Override
    public byte[] convert(ObjectNode tree) {
      return TopicJson.MAPPER.writeValueAsBytes(tree);
    }
  }
}
