package io.neuronledger.testkit.devchain.transaction;

import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.testkit.devchain.rpc.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The declared events and errors of a contract, to decode logs and reverts. */
public final class ContractAbi {
  private static final int SELECTOR_CHARS = 10;

  private final Map<String, Entry> events = new HashMap<>();
  private final Map<String, Entry> errors = new HashMap<>();

  private ContractAbi() {
    // Solidity's own errors, which contracts do not declare.
    addError(new Entry("Error", List.of(new Parameter("message", "string", false))));
    addError(new Entry("Panic", List.of(new Parameter("code", "uint256", false))));
  }

  /** @param json the ABI as the compiler writes it */
  public static ContractAbi of(JsonNode json) {
    ContractAbi abi = new ContractAbi();
    for (JsonNode entry : json) {
      switch (entry.path("type").asString()) {
        case "event" -> {
          Entry event = Entry.of(entry);
          abi.events.put(Signature.topic(event.signature()), event);
        }
        case "error" -> abi.addError(Entry.of(entry));
        default -> {
          // Functions are called by their signatures, in the contracts' own classes.
        }
      }
    }
    return abi;
  }

  /**
   * Decodes a log, with the event's arguments in the order of declaration; empty when the contract declares no such
   * event.
   */
  public Optional<Decoded> event(LogEntry log) {
    Entry event = log.topics().isEmpty() ? null : events.get(log.topics().getFirst());
    if (event == null) {
      return Optional.empty();
    }
    AbiReader data = AbiReader.ofData(log.data());
    int topic = 1;
    List<Object> arguments = new ArrayList<>();
    for (Parameter parameter : event.parameters()) {
      arguments.add(parameter.read(parameter.indexed() ? AbiReader.ofData(log.topics().get(topic++)) : data));
    }
    return Optional.of(new Decoded(event.name(), arguments));
  }

  /** Decodes the return data of a reverted call; an undeclared error is named by its bytes. */
  public Decoded error(String data) {
    if (data.length() < SELECTOR_CHARS) {
      return new Decoded("reverted without a reason", List.of());
    }
    Entry error = errors.get(Signature.selectorOf(data));
    if (error == null) {
      return new Decoded("unknown error " + data, List.of());
    }
    AbiReader reader = AbiReader.ofArguments(data);
    return new Decoded(error.name(), error.parameters().stream().map(each -> each.read(reader)).toList());
  }

  private void addError(Entry error) {
    errors.put(Signature.selector(error.signature()), error);
  }

  /** @param arguments in the order of declaration */
  public record Decoded(String name, List<Object> arguments) {
    public Decoded {
      arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
      return name + arguments.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  private record Parameter(String name, String type, boolean indexed) {
    Object read(AbiReader reader) {
      return switch (type) {
        case "address" -> reader.address();
        case "bool" -> reader.bool();
        case "string" -> reader.string();
        case "bytes" -> reader.bytes();
        case "bytes32" -> reader.hash();
        case "uint8", "uint256" -> reader.uint();
        default -> throw new IllegalStateException("no reader for " + type + " " + name);
      };
    }
  }

  private record Entry(String name, List<Parameter> parameters) {
    static Entry of(JsonNode json) {
      return new Entry(json.path("name").asString(), json.path("inputs").valueStream()
          .map(each -> new Parameter(each.path("name").asString(), each.path("type").asString(),
              each.path("indexed").asBoolean(false)))
          .toList());
    }

    String signature() {
      return name + parameters.stream().map(Parameter::type).collect(Collectors.joining(",", "(", ")"));
    }
  }
}
