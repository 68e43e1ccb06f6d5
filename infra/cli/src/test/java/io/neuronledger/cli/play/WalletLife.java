package io.neuronledger.cli.play;

import static io.neuronledger.cli.play.PlayedLedger.A;
import static io.neuronledger.cli.play.PlayedLedger.ALICE;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.play.WalletCommands.Answer;
import io.neuronledger.client.query.ApiException;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntriesRequest;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The life cycle that the play has sent by calls of the contract, once more by the wallet's commands. */
@NullUnmarked
public abstract class WalletLife {
  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final int WAIT_S = 30;

  private final PlayedLedger played;
  private final WalletCommands wallet;
  private final DevWallet owner;
  private final AccountLedgerContract contract;

  /** @param owner a wallet with coins and without a ledger */
  protected WalletLife(PlayedLedger played, WalletCommands wallet, DevWallet owner) {
    this.played = played;
    this.wallet = wallet;
    this.owner = owner;
    this.contract = AccountLedgerContract.at(new Transactions(played.chain()), WalletAddress.typed(address(played)), 1);
  }

  private static String address(PlayedLedger played) {
    try {
      return played.service().status().getDeployment().getContracts().getFirst();
    } catch (ApiException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_life_of_an_account_by_commands_is_that_by_calls() throws ApiException {
    assertThat(wallet.run("get-account").err()).contains("ledger-not-found");
    refused("opens with a deposit of at least 3 0G", "deposit", "--amount", "2.9");
    done("deposit", "--amount", "10");
    refused("The first transfer to a provider's service is at least 1 0G", "transfer-fund", "--provider", A,
        "--amount", "0.5");
    done("transfer-fund", "--provider", A, "--amount", "5");
    done("transfer-fund", "--provider", A, "--service", "fine-tuning", "--amount", "1");
    refused("Only 4 0G are available", "transfer-fund", "--provider", A, "--amount", "4.000000000000000001");
    settle("0.5", 1);
    done("retrieve-fund");
    done("retrieve-fund", "--service", "fine-tuning", "--provider", A);
    refused("It would change nothing", "retrieve-fund");
    assertThat(done("transfer-fund", "--provider", A, "--amount", "2").out())
        .contains("Cancels 2 0G of the refund of 4.5 0G", "Moves no money");
    dayPasses();
    assertThat(done("retrieve-fund").out()).contains("Fetches 2.5 0G", "Asks 2 0G back");
    done("retrieve-fund", "--service", "fine-tuning");
    settle("3", 2);
    settle("1", 2);
    refused("at most 4.5 0G", "refund", "--amount", "5");
    done("refund", "--amount", "3");
    assertThat(done("refund", "--amount", "all").out()).contains("Closes the ledger and its 2 empty sub-accounts");
    assertThat(wallet.run("get-account").out()).contains("closed");
    done("deposit", "--amount", "3");

    assertThat(forms(owner.address().checksummed())).isEqualTo(forms(ALICE)).hasSizeGreaterThan(15);
  }

  /** What has happened, free of who and when. */
  private List<String> forms(String of) throws ApiException {
    return entries(of).map(entry -> Stream.of(entry.getType(), entry.getService(), entry.getAmount(),
        entry.getDetails().getCancelled(), entry.getDetails().getWrittenOff(), entry.getDetails().getClosed(),
        entry.getAfter() == null ? "" : entry.getAfter().getAvailable() + " " + entry.getAfter().getTotal())
        .map(String::valueOf).collect(Collectors.joining(" "))).toList();
  }

  private Stream<Entry> entries(String of) throws ApiException {
    return played.journal().entries(APIEntriesRequest.newBuilder().owner(of).order("asc").limit(500).build())
        .getEntries().stream().filter(entry -> !entry.getType().toString().startsWith("usage"))
        .filter(entry -> entry.getPosition() != null);
  }

  private Answer done(String... words) {
    Answer answer = wallet.run(Optional.of("yes"), words);
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(answer.out()).contains("Recorded in block");
    return answer;
  }

  private void refused(String why, String... words) {
    Answer answer = wallet.run(Optional.of("yes"), words);
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(2);
    assertThat(answer.out() + answer.err()).contains(why);
  }

  private void settle(String asked, long nonce) throws ApiException {
    Hash sent = contract.settle(DevWallet.funded(3),
        new Settlement(owner.address(), INFERENCE, Neuron.ofZeroG(asked), nonce));
    awaitBlock(contract.await(sent).block());
  }

  private void dayPasses() throws ApiException {
    played.chain().call("evm_increaseTime", SECONDS_OF_A_DAY);
    played.chain().call("evm_mine");
    awaitBlock(Long.decode(played.chain().call("eth_blockNumber").asString()));
  }

  private void awaitBlock(long block) throws ApiException {
    assertThat(played.balances().ledger(APILedgerRequest.newBuilder().owner(owner.address().checksummed())
        .minBlock(block).waitSeconds(WAIT_S).build()).getAsOf().getBlock()).isGreaterThanOrEqualTo(block);
  }
}
