package io.neuronledger.cli.demo;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.RefundAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The life cycle of an account from its first deposit to its closing and reopening, with the expected state after each
 * step. The numbers are literals, independent of both the ledger and the contract.
 */
public final class LifeCycle {
  private static final Duration LOCK = Duration.ofHours(24);
  private static final DevWallet ALICE = DevWallet.funded(1);
  private static final DevWallet BOB = DevWallet.funded(2);
  private static final DevWallet PROVIDER = DevWallet.funded(3);

  private final AnvilControl chain;
  private final AccountLedgerContract contract;
  private final StepObserver observer;
  private OwnerAnswer expectedOfBob = OwnerAnswer.closed(BOB.address());

  /** Receives the expected state after each step. */
  @FunctionalInterface
  public interface StepObserver {
    void afterStep(String name, BlockHeader block, List<OwnerAnswer> expected);
  }

  public LifeCycle(AnvilControl chain, AccountLedgerContract contract, StepObserver observer) {
    this.chain = chain;
    this.contract = contract;
    this.observer = observer;
  }

  /** The display names of the wallets. */
  public static Map<WalletAddress, String> names() {
    return Map.of(ALICE.address(), "Alice", BOB.address(), "Bob", PROVIDER.address(), "A");
  }

  /** Plays every step in order; each is awaitBlock and observed before the next one is sent. */
  public void play() {
    fundAndSpend();
    requestAndCompleteRefunds();
    settleMoreThanBalance();
    closeAndReopen();
  }

  private void fundAndSpend() {
    BlockHeader at = awaitBlock(contract.deposit(ALICE, zeroG("10")));
    step("Alice deposits 10", at, alice("10"));

    at = awaitBlock(contract.depositFor(ALICE, BOB.address(), zeroG("5")));
    expectedOfBob = OwnerAnswer.open(BOB.address(), zeroG("5"), List.of());
    step("Alice deposits 5 for Bob", at, alice("10"));

    at = transfer(INFERENCE, "5");
    step("Alice transfers 5 to A inference-v1.0", at, alice("5", inference("5")));

    at = transfer(FINE_TUNING, "1");
    step("Alice transfers 1 to A fine-tuning-v1.0", at, alice("4", inference("5"), fineTuning("1")));

    at = settle("0.5", 1);
    step("A settles 0.5 of inference-v1.0", at, alice("4", inference("4.5"), fineTuning("1")));
  }

  private void requestAndCompleteRefunds() {
    Instant inferenceAsked = retrieve(INFERENCE).time();
    BlockHeader at = retrieve(FINE_TUNING);
    Instant fineTuningAsked = at.time();
    step("Alice retrieves from both: requests refunds of everything", at, alice("4",
        inference("4.5", waiting("4.5", inferenceAsked)), fineTuning("1", waiting("1", fineTuningAsked))));

    retrieve(INFERENCE);
    at = retrieve(FINE_TUNING);
    step("Alice retrieves again: nothing new happens", at, alice("4",
        inference("4.5", waiting("4.5", inferenceAsked)), fineTuning("1", waiting("1", fineTuningAsked))));

    at = transfer(INFERENCE, "2");
    step("Alice transfers 2 to inference-v1.0: cancels 2 of the pending refund, moves nothing", at, alice("4",
        inference("4.5", waiting("2.5", inferenceAsked)), fineTuning("1", waiting("1", fineTuningAsked))));

    chain.increaseTime(LOCK);
    chain.mine();
    step("24 hours pass", chain.head(), alice("4",
        inference("4.5", claimable("2.5", inferenceAsked)), fineTuning("1", claimable("1", fineTuningAsked))));

    Instant restAsked = retrieve(INFERENCE).time();
    at = retrieve(FINE_TUNING);
    step("Alice retrieves from both: the claimable parts are paid, the rest of inference is requested", at,
        alice("7.5", inference("2", waiting("2", restAsked)), fineTuning("0")));
  }

  private void settleMoreThanBalance() {
    BlockHeader at = settle("3", 2);
    step("A settles 3 of a balance of 2: partial, the rest is written off", at,
        alice("7.5", inference("0"), fineTuning("0")));

    at = settle("1", 2);
    step("A settles with an old nonce: rejected", at, alice("7.5", inference("0"), fineTuning("0")));
  }

  private void closeAndReopen() {
    BlockHeader at = awaitBlock(contract.withdraw(ALICE, zeroG("3")));
    step("Alice withdraws 3", at, alice("4.5", inference("0"), fineTuning("0")));

    at = awaitBlock(contract.withdraw(ALICE, zeroG("4.5")));
    step("Alice withdraws the rest: the total is 0 and the ledger closes", at, OwnerAnswer.closed(ALICE.address()));

    at = awaitBlock(contract.deposit(ALICE, zeroG("3")));
    step("Alice deposits 3 again: the ledger opens", at, alice("3"));
  }

  private void step(String name, BlockHeader block, OwnerAnswer expectedOfAlice) {
    observer.afterStep(name, block, List.of(expectedOfAlice, expectedOfBob));
  }

  private BlockHeader transfer(ServiceName service, String amount) {
    return awaitBlock(contract.transfer(ALICE, PROVIDER.address(), service, zeroG(amount)));
  }

  private BlockHeader retrieve(ServiceName service) {
    return awaitBlock(contract.retrieve(ALICE, service, PROVIDER.address()));
  }

  private BlockHeader settle(String asked, long nonce) {
    return awaitBlock(contract.settle(PROVIDER, new Settlement(ALICE.address(), INFERENCE, zeroG(asked), nonce)));
  }

  private BlockHeader awaitBlock(Hash transaction) {
    return chain.block(BlockRef.hash(contract.await(transaction).blockHash()));
  }

  private OwnerAnswer alice(String available, SubAccountAnswer... subAccounts) {
    return OwnerAnswer.open(ALICE.address(), zeroG(available), List.of(subAccounts));
  }

  private SubAccountAnswer inference(String balance, RefundAnswer... refunds) {
    return SubAccountAnswer.of(PROVIDER.address(), INFERENCE, zeroG(balance), refunds);
  }

  private SubAccountAnswer fineTuning(String balance, RefundAnswer... refunds) {
    return SubAccountAnswer.of(PROVIDER.address(), FINE_TUNING, zeroG(balance), refunds);
  }

  private static RefundAnswer waiting(String amount, Instant requestedAt) {
    return new RefundAnswer(zeroG(amount), requestedAt, false);
  }

  private static RefundAnswer claimable(String amount, Instant requestedAt) {
    return new RefundAnswer(zeroG(amount), requestedAt, true);
  }

  private static Neuron zeroG(String amount) {
    return Neuron.ofZeroG(amount);
  }
}
