package io.neuronledger.contracts.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SignedNeuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredPostingTest {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "1".repeat(40));
  private static final SubAccountId FIRST = of("2");
  private static final SubAccountId SECOND = of("3");
  private static final SubAccountId OTHER = of("4");

  private static SubAccountId of(String digit) {
    return new SubAccountId(OWNER, WalletAddress.parse("0x" + digit.repeat(40)), ServiceName.of("inference-v1.0"));
  }

  @Test
  void accounts_of_the_event_are_stored_by_index_and_others_by_name() {
    List<Posting> postings = new ArrayList<>();
    postings.addAll(Posting.moved(Posting.OUTSIDE, Posting.ledger(OWNER), Neuron.parse("7")));
    postings.addAll(Posting.moved(Posting.subAccount(SECOND), Posting.provider(SECOND.provider()), Neuron.parse("1")));
    postings.addAll(Posting.moved(Posting.subAccount(OTHER), Posting.subAccount(FIRST), Neuron.parse("2")));
    List<StoredPosting> stored = StoredPosting.of(postings, OWNER, List.of(FIRST, SECOND));
    assertThat(stored).extracting(StoredPosting::account).containsExactly("outside", "ledger", "sub-account:1",
        "provider:1", OTHER.toString(), "sub-account:0");
    assertThat(StoredPosting.full(stored, OWNER, List.of(FIRST, SECOND))).isEqualTo(postings);
  }

  @Test
  void an_account_that_the_event_does_not_name_is_refused() {
    List<StoredPosting> beyond = List.of(new StoredPosting("sub-account:1", SignedNeuron.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> StoredPosting.full(beyond, OWNER, List.of(FIRST)))
        .withMessageContaining("sub-account:1");
  }
}
