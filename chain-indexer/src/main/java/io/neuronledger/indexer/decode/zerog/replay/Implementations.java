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
 * The implementations that this version knows. Other code may give the same logs another meaning.
 *
 * @param described by the network's description
 * @param accepted additionally by the settings
 * @param goOn whether to decode unknown code like the known implementations; all later readings are then marked
 */
public record Implementations(Set<CodeReference> described, Set<CodeReference> accepted, boolean goOn) {
  private static final String ENV = "NEURON_LEDGER_ZERO_G_";

  public Implementations {
    described = Set.copyOf(described);
    accepted = Set.copyOf(accepted);
  }

  /** Implementations named by address alone. */
  public Implementations(Set<WalletAddress> described, boolean goOn) {
    this(described.stream().map(CodeReference.ByAddress::new).collect(Collectors.toUnmodifiableSet()), Set.of(), goOn);
  }

  /** Whether the address is known, regardless of the code it holds. */
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

  /** Each code once, with the contracts that run it, one code a line. */
  static String list(Collection<CodeInUse> used) {
    Map<Code, Set<String>> contracts = new LinkedHashMap<>();
    used.forEach(each -> contracts.computeIfAbsent(each.code(), _ -> new LinkedHashSet<>()).add(each.contract()));
    return contracts.entrySet().stream().map(each -> "\n  " + each.getKey() + ": " + String.join("; ", each.getValue()))
        .collect(Collectors.joining());
  }

  /**
   * @param unknown all unknown code
   * @param note further information for the operator
   */
  CannotDecode refusal(Collection<CodeInUse> unknown, String note) {
    Set<String> line = new TreeSet<>();
    accepted.forEach(reference -> line.add(reference.toString()));
    unknown.forEach(each -> line.add(each.code().address().toString()));
    return new CannotDecode("The contracts run unknown code: the same logs may have another meaning. "
        + "Following stops before this block:" + list(unknown) + note + "\nReview it, then accept all of it, by "
        + "address or by code hash, with\n  " + ENV + "IMPLEMENTATIONS=" + String.join(",", line)
        + "\nor decode it like the known implementations, with all later readings marked as unverified, "
        + "with\n  " + ENV + "ACCEPT_UNKNOWN_IMPLEMENTATIONS=true");
  }
}
