package io.neuronledger.command.key;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an API key is good for; never changes.
 *
 * @param name for people: 1 to {@value #NAME_MAX} printable ASCII characters, without a space at either end
 * @param scopes one at least
 * @param owner to whom {@link Scope#LEDGER_READ_OWN} is bound; present with this scope only
 * @param provider to whom {@link Scope#USAGE_WRITE} is bound; present with this scope only
 */
public record KeyTerms(String name, Set<Scope> scopes, Optional<WalletAddress> owner,
    Optional<WalletAddress> provider) {
  public static final int NAME_MAX = 100;

  /** @throws IllegalArgumentException if one of the rules above is broken; the message names the field */
  public KeyTerms {
    name(name);
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("scopes: name one at least");
    }
    require(scopes.contains(Scope.LEDGER_READ_OWN), owner.isPresent(), "owner", Scope.LEDGER_READ_OWN);
    require(scopes.contains(Scope.USAGE_WRITE), provider.isPresent(), "provider", Scope.USAGE_WRITE);
    scopes = Set.copyOf(scopes);
  }

  /** @throws IllegalArgumentException unless it is a name */
  public static String name(String text) {
    if (text.isEmpty() || text.length() > NAME_MAX || !text.chars().allMatch(c -> c >= ' ' && c <= '~')
        || !text.equals(text.strip())) {
      throw new IllegalArgumentException("must be 1 to " + NAME_MAX
          + " printable ASCII characters, without a space at either end");
    }
    return text;
  }

  private static void require(boolean hasScope, boolean isBound, String field, Scope scope) {
    if (hasScope != isBound) {
      throw new IllegalArgumentException(field + ": is needed with " + scope.tag() + ", and only with it");
    }
  }

  /** The scopes that this caller cannot give, because they do not have as much themselves. */
  public Set<Scope> notHeldBy(Caller maker) {
    Set<Scope> missing = EnumSet.noneOf(Scope.class);
    for (Scope scope : scopes) {
      boolean isHeld = switch (scope) {
        case LEDGER_READ_OWN -> maker.scopes().contains(Scope.LEDGER_READ)
            || (maker.scopes().contains(scope) && covers(maker.owner(), owner));
        case USAGE_WRITE -> maker.scopes().contains(scope) && covers(maker.provider(), provider);
        case LEDGER_READ, FINANCE_READ, FINANCE_WRITE, METRICS_READ, ADMIN, ACCESS_LOG_READ, EVENTS_SUBSCRIBE ->
            maker.scopes().contains(scope);
      };
      if (!isHeld) {
        missing.add(scope);
      }
    }
    return missing;
  }

  /** Who is bound to nobody uses the scope for nobody, but may bind it; who is bound to somebody binds to them only. */
  private static boolean covers(Optional<WalletAddress> maker, Optional<WalletAddress> given) {
    return maker.isEmpty() || maker.equals(given);
  }
}
