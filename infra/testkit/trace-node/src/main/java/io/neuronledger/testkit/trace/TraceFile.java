package io.neuronledger.testkit.trace;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a recorded trace: JSON, also compressed ({@code .gz}). Numbers may be decimal or {@code 0x} hex. */
public final class TraceFile {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int HEX = 16;

  private TraceFile() {}

  /** @throws IllegalArgumentException if the file is not a trace; the message names the faulty place */
  public static Trace read(Path file) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      return read(raw, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static Trace read(InputStream raw, String name) throws IOException {
    try (InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return trace(JSON.readTree(in));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no trace: " + e.getMessage(), e);
    }
  }

  private static Trace trace(JsonNode file) {
    List<Trace.Transaction> transactions = new ArrayList<>();
    for (JsonNode entry : required(file, "txs")) {
      try {
        transactions.add(transaction(entry));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("transaction " + (transactions.size() + 1) + ": " + e.getMessage(), e);
      }
    }
    if (transactions.isEmpty()) {
      throw new IllegalArgumentException("it has no transactions");
    }
    return new Trace(number(file, "chainId").longValueExact(), address(file, "ledgerManager"),
        address(file, "inference"), address(file, "fineTuning"),
        Duration.ofSeconds(number(file, "initialLockTime").longValueExact()), transactions);
  }

  private static Trace.Transaction transaction(JsonNode entry) {
    JsonNode tx = required(entry, "tx");
    Optional<WalletAddress> to = tx.hasNonNull("to") ? Optional.of(address(tx, "to")) : Optional.empty();
    return new Trace.Transaction(number(entry, "block").longValueExact(),
        Instant.ofEpochSecond(number(entry, "timestamp").longValueExact()), Hash.parse(text(tx, "hash")),
        address(tx, "from"), to, neuron(tx, "value"), hex(tx, "input"), calls(entry.path("internalCalls")),
        required(entry, "logs").valueStream().map(TraceFile::log).toList(), state(required(entry, "expected")));
  }

  /** Null or absent where there are none. A call may hold {@code failed} and {@code calls}. */
  private static List<Trace.Call> calls(JsonNode calls) {
    return calls.valueStream().map(call -> new Trace.Call(address(call, "from"), address(call, "to"),
        neuron(call, "value"), hex(call, "input"), call.path("failed").asBoolean(false), calls(call.path("calls"))))
        .toList();
  }

  private static Trace.Log log(JsonNode log) {
    return new Trace.Log(address(log, "address"),
        required(log, "topics").valueStream().map(topic -> topic.asString().toLowerCase(Locale.ROOT)).toList(),
        hex(log, "data"), number(log, "logIndex").intValueExact());
  }

  private static Trace.State state(JsonNode state) {
    SortedMap<WalletAddress, Optional<Trace.LedgerState>> ledgers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> ledger : required(state, "ledgers").properties()) {
      JsonNode of = ledger.getValue();
      ledgers.put(WalletAddress.parse(ledger.getKey()), of.isNull() ? Optional.empty()
          : Optional.of(new Trace.LedgerState(neuron(of, "availableBalance"), neuron(of, "totalBalance"))));
    }
    return new Trace.State(ledgers, required(state, "accounts").valueStream().map(TraceFile::account).toList(),
        state.has("forcedCoins") ? neuron(state, "forcedCoins") : Neuron.ZERO);
  }

  private static Trace.AccountState account(JsonNode account) {
    List<Trace.Refund> refunds = required(account, "refunds").valueStream().map(refund -> new Trace.Refund(
        neuron(refund, "amount"), Instant.ofEpochSecond(number(refund, "createdAt").longValueExact()))).toList();
    return new Trace.AccountState(address(account, "service"), address(account, "user"), address(account, "provider"),
        neuron(account, "balance"), neuron(account, "pendingRefund"),
        account.has("nonce") ? neuron(account, "nonce") : Neuron.ZERO, account.path("acknowledged").asBoolean(true),
        refunds);
  }

  private static WalletAddress address(JsonNode node, String field) {
    return WalletAddress.parse(text(node, field));
  }

  private static Neuron neuron(JsonNode node, String field) {
    return new Neuron(number(node, field));
  }

  private static BigInteger number(JsonNode node, String field) {
    JsonNode value = required(node, field);
    String digits = value.asString();
    try {
      return digits.startsWith("0x") ? new BigInteger(digits.substring(2), HEX) : new BigInteger(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(field + " is no number: " + digits, e);
    }
  }

  /** In lower case, as nodes write it. */
  private static String hex(JsonNode node, String field) {
    return text(node, field).toLowerCase(Locale.ROOT);
  }

  private static String text(JsonNode node, String field) {
    return required(node, field).asString();
  }

  private static JsonNode required(JsonNode node, String field) {
    if (!node.hasNonNull(field)) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return node.get(field);
  }
}
