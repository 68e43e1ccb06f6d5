package io.neuronledger.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.client.query.ApiClient;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "01".repeat(20));
  private static final WalletAddress PROVIDER = WalletAddress.parse("0x" + "0b".repeat(20));
  private static final String LEDGER = "ledger:" + OWNER;
  private static final String ACCOUNT = "sub-account:" + OWNER + ":" + PROVIDER + ":s";

  private final Journal journal = new Journal(5);

  private void entry(long block, String type, boolean retracted, String from, String to, int amount) {
    journal.add(ApiClient.createDefaultObjectMapper().readValue("""
        {"type":"%s","position":{"block":%d},"retracted":%s,"postings":[
          {"account":"%s","amount":"-%d"},{"account":"%s","amount":"%d"}]}"""
        .formatted(type, block, retracted, from, amount, to, amount), Entry.class));
  }

  private static OwnerAnswer answer(int available, int balance) {
    return OwnerAnswer.open(OWNER, neuron(available), List.of(SubAccountAnswer.of(PROVIDER, ServiceName.of("s"),
        neuron(balance))));
  }

  private static Neuron neuron(int amount) {
    return Neuron.parse(String.valueOf(amount));
  }

  private void story() {
    entry(1, "funds-deposited.v1", false, "outside", LEDGER, 10);
    entry(5, "funds-transferred.v1", false, LEDGER, ACCOUNT, 4);
    entry(5, "fees-settled.v1", false, ACCOUNT, "provider:" + PROVIDER, 1);
    entry(6, "funds-withdrawn.v1", false, LEDGER, "outside", 6);
    entry(4, "funds-deposited.v1", true, "outside", LEDGER, 7);
    entry(4, "ledger-rewound.v1", false, LEDGER, "outside", 7);
  }

  @Test
  void entries_up_to_the_block_explain_the_balances() {
    story();
    assertThat(journal.unexplained(answer(6, 3))).isEmpty();
    assertThat(journal.entries()).isEqualTo(3);
  }

  @Test
  void an_unexplained_balance_is_named_with_its_amount() {
    story();
    assertThat(journal.unexplained(answer(5, 4))).isEqualTo(Map.of(LEDGER, NeuronSum.parse("-1"), ACCOUNT,
        NeuronSum.parse("1")));
    assertThat(journal.unexplained(OwnerAnswer.closed(OWNER))).isEqualTo(Map.of(LEDGER, NeuronSum.parse("-6"), ACCOUNT,
        NeuronSum.parse("-3")));
  }
}
