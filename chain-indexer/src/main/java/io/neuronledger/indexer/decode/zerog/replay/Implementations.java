package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.code.Code;
import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import io.neuronledger.indexer.decode.zerog.code.CodeReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which code of the contracts this version knows. Other code may mean something else by the same logs.
 *
 * @param described by the network
 * @param accepted by the user, besides
 * @param goOn whether to read unknown code as if it were like them; everything from there on is then marked
 */
public record Implementations(Set<CodeReference> described, Set<CodeReference> accepted, boolean goOn) {
  private static final String ENV = "NEURON_LEDGER_ZERO_G_";

  public Implementations {
    described = Set.copyOf(described);
    accepted = Set.copyOf(accepted);
  }

  /** Of code that is named by its address alone. */
  public Implementations(Set<WalletAddress> described, boolean goOn) {
    this(described.stream().map(CodeReference.ByAddress::new).collect(Collectors.toUnmodifiableSet()), Set.of(), goOn);
  }

  /** Whether the address is known, whatever code it holds. */
  boolean knows(WalletAddress address) {
    CodeReference reference = new CodeReference.ByAddress(address);
    return described.contains(reference) || accepted.contains(reference);
  }

  List<CodeInUse> unknown(Collection<CodeInUse> used) {
    return used.stream().filter(each -> !knows(each.code())).toList();
  }

  private boolean knows(Code code) {
    return described.stream().anyMatch(known -> known.names(code))
        || accepted.stream().anyMatch(known -> known.names(code));
  }

  /** Each code once, with the contracts that run it. */
  static String list(Collection<CodeInUse> used) {
    Map<Code, Set<String>> contracts = new LinkedHashMap<>();
    used.forEach(each -> contracts.computeIfAbsent(each.code(), _ -> new LinkedHashSet<>()).add(each.contract()));
    return contracts.entrySet().stream().map(each -> "\n  " + each.getKey() + ": " + String.join("; ", each.getValue()))
        .collect(Collectors.joining());
  }

  /**
   * @param unknown all of it
   * @param note what else the user should know
   */
  CannotDecode refusal(Collection<CodeInUse> unknown, String note) {
    Set<String> line = new TreeSet<>();
    accepted.forEach(reference -> line.add(reference.toString()));
    unknown.forEach(each -> line.add(each.code().address().toString()));
    return new CannotDecode("The contracts run code that nobody has described: the same logs may mean something else. "
        + "Following stops before it:" + list(unknown) + note + "\nWhen it has been looked at, accept all of it, by "
        + "address or by code hash, with\n  " + ENV + "IMPLEMENTATIONS=" + String.join(",", line)
        + "\nor read it as if it were like the described code, with everything from there on marked as unverified, "
        + "with\n  " + ENV + "ACCEPT_UNKNOWN_IMPLEMENTATIONS=true");
  }
}
