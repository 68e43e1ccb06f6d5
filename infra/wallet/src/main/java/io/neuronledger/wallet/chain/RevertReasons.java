package io.neuronledger.wallet.chain;

import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.wallet.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Why a contract refuses a call, from what it returns: the errors that the known contracts declare. */
final class RevertReasons {
  /** What a serving contract refuses comes back through LedgerManager. */
  private static final List<String> CONTRACTS = List.of("AccountLedger", "LedgerManager", "InferenceServing");
  private static final String WITHOUT_REASON = "no reason";

  private final Map<String, DeclaredError> errors = new HashMap<>();

  private record DeclaredError(String name, List<String> types) {
    String signature() {
      return name + types.stream().collect(Collectors.joining(",", "(", ")"));
    }

    String of(AbiReader arguments) {
      return name + types.stream().map(type -> argument(type, arguments)).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String argument(String type, AbiReader arguments) {
      return switch (type) {
        case "address" -> arguments.address().checksummed();
        case "string" -> "\"" + arguments.string() + "\"";
        case "bool" -> String.valueOf(arguments.bool());
        default -> arguments.uint().toString();
      };
    }
  }

  RevertReasons() {
    // Solidity's own, which no contract declares.
    add(new DeclaredError("Error", List.of("string")));
    add(new DeclaredError("Panic", List.of("uint256")));
    CONTRACTS.stream().flatMap(RevertReasons::abi).filter(entry -> entry.path("type").asString("").equals("error"))
        .forEach(entry -> add(new DeclaredError(entry.path("name").asString(), entry.path("inputs").valueStream()
            .map(input -> input.path("type").asString()).toList())));
  }

  /** @param data what the call returned, {@code 0x} and hex; anything, as a node may answer it */
  String of(String data) {
    DeclaredError error = errors.get(Signature.selectorOf(data));
    if (error == null) {
      return data.length() <= 2 ? WITHOUT_REASON : "an unknown error, " + Printable.of(Signature.selectorOf(data));
    }
    try {
      return Printable.of(error.of(AbiReader.ofArguments(data)));
    } catch (IllegalArgumentException e) {
      return error.name();
    }
  }

  private void add(DeclaredError error) {
    errors.put(Signature.selector(error.signature()), error);
  }

  private static Stream<JsonNode> abi(String contract) {
    String file = "/abi/" + contract + ".json";
    try (InputStream in = RevertReasons.class.getResourceAsStream(file)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, file)).valueStream();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
