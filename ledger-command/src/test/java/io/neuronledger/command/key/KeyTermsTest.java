package io.neuronledger.command.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a key can be good for, and who can give it. */
class KeyTermsTest {
  private static final Optional<WalletAddress> ALICE = Optional.of(Wallets.ALICE);
  private static final Optional<WalletAddress> BOB = Optional.of(Wallets.BOB);
  private static final Optional<WalletAddress> NOBODY = Optional.empty();

  private static KeyTerms terms(Set<Scope> scopes, Optional<WalletAddress> owner, Optional<WalletAddress> provider) {
    return new KeyTerms("a key", scopes, owner, provider);
  }

  private static Caller person(Set<Scope> scopes, Optional<WalletAddress> owner, Optional<WalletAddress> provider) {
    return new Caller("ann", Caller.Credential.OIDC_TOKEN, scopes, owner, provider);
  }

  @Test
  void a_name_has_1_to_100_printable_characters() {
    for (String name : List.of("x", "x".repeat(100), "a b", "~!")) {
      assertThat(KeyTerms.name(name)).isEqualTo(name);
    }
    for (String name : List.of("", "x".repeat(101), " a", "a ", " ", "a\nb", "a\u0000", "\u00e9", "\u007f")) {
      assertThatThrownBy(() -> KeyTerms.name(name)).as(name).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_key_is_bound_exactly_where_its_scopes_are() {
    assertThat(terms(Set.of(Scope.LEDGER_READ_OWN, Scope.USAGE_WRITE), ALICE, BOB).scopes()).hasSize(2);
    assertThat(terms(Set.of(Scope.ADMIN), NOBODY, NOBODY).scopes()).hasSize(1);
    assertThatThrownBy(() -> terms(Set.of(), NOBODY, NOBODY)).hasMessageStartingWith("scopes");
    assertThatThrownBy(() -> terms(Set.of(Scope.LEDGER_READ_OWN), NOBODY, NOBODY)).hasMessageStartingWith("owner");
    assertThatThrownBy(() -> terms(Set.of(Scope.LEDGER_READ), ALICE, NOBODY)).hasMessageStartingWith("owner");
    assertThatThrownBy(() -> terms(Set.of(Scope.USAGE_WRITE), NOBODY, NOBODY)).hasMessageStartingWith("provider");
    assertThatThrownBy(() -> terms(Set.of(Scope.ADMIN), NOBODY, BOB)).hasMessageStartingWith("provider");
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void nobody_gives_a_scope_that_they_do_not_have(Scope scope) {
    KeyTerms terms = terms(Set.of(scope), scope == Scope.LEDGER_READ_OWN ? ALICE : NOBODY,
        scope == Scope.USAGE_WRITE ? ALICE : NOBODY);
    assertThat(terms.notHeldBy(Caller.LOCAL)).isEmpty();
    assertThat(terms.notHeldBy(person(Set.of(scope), NOBODY, NOBODY))).isEmpty();
    EnumSet<Scope> others = EnumSet.complementOf(EnumSet.of(scope));
    if (scope == Scope.LEDGER_READ_OWN) {
      others.remove(Scope.LEDGER_READ);
    }
    assertThat(terms.notHeldBy(person(others, NOBODY, NOBODY))).containsExactly(scope);
  }

  @Test
  void who_is_bound_gives_only_what_is_bound_to_the_same() {
    KeyTerms own = terms(Set.of(Scope.LEDGER_READ_OWN), ALICE, NOBODY);
    assertThat(own.notHeldBy(person(Set.of(Scope.LEDGER_READ_OWN), ALICE, NOBODY))).isEmpty();
    assertThat(own.notHeldBy(person(Set.of(Scope.LEDGER_READ_OWN), BOB, NOBODY)))
        .containsExactly(Scope.LEDGER_READ_OWN);
    assertThat(own.notHeldBy(person(Set.of(Scope.LEDGER_READ), BOB, NOBODY))).isEmpty();
    KeyTerms reports = terms(Set.of(Scope.USAGE_WRITE), NOBODY, ALICE);
    assertThat(reports.notHeldBy(person(Set.of(Scope.USAGE_WRITE), NOBODY, ALICE))).isEmpty();
    assertThat(reports.notHeldBy(person(Set.of(Scope.USAGE_WRITE), NOBODY, BOB))).containsExactly(Scope.USAGE_WRITE);
  }
}
