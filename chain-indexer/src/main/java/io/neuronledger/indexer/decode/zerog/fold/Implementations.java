package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.CannotDecode;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which code behind the contracts' beacons this version knows. Another one may mean something else by the same logs.
 *
 * @param known those described
 * @param goOn whether to read an unknown one as if it were like them; everything from there on is then marked
 */
public record Implementations(Set<WalletAddress> known, boolean goOn) {
  private static final Logger log = LoggerFactory.getLogger(Implementations.class);

  public Implementations {
    known = Set.copyOf(known);
  }

  /**
   * @param where of which beacon, since which block, for people
   * @return whether what follows must be marked
   * @throws CannotDecode if the implementation is unknown and nobody said to go on
   */
  public boolean isUnverified(WalletAddress implementation, String where) {
    if (known.contains(implementation)) {
      return false;
    }
    String message = "The contract behind " + where + " is " + implementation + ", an implementation that nobody has "
        + "described: the same logs may mean something else.";
    if (!goOn) {
      throw new CannotDecode(message + " Following stops before it. When it has been looked at, name it in "
          + "NEURON_LEDGER_ZERO_G_IMPLEMENTATIONS; or set NEURON_LEDGER_ZERO_G_ACCEPT_UNKNOWN_IMPLEMENTATIONS=true to "
          + "read it as if it were like the one before, and have everything from there on marked as unverified.");
    }
    log.warn("{} Going on as told; everything from here on is marked as unverified.", message);
    return true;
  }
}
