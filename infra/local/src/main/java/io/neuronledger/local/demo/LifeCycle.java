package io.neuronledger.local.demo;

import static io.neuronledger.infra.devchain.contract.AccountLedgerContract.FINE_TUNING;
import static io.neuronledger.infra.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.devchain.AnvilControl;
import io.neuronledger.infra.devchain.contract.AccountLedgerContract;
import io.neuronledger.infra.devchain.contract.Settlement;
import io.neuronledger.infra.devchain.rpc.BlockHeader;
import io.neuronledger.infra.devchain.rpc.BlockRef;
import io.neuronledger.infra.devchain.transaction.DevWallet;
import io.neuronledger.local.answer.OwnerAnswer;
import io.neuronledger.local.answer.RefundAnswer;
import io.neuronledger.local.answer.SubAccountAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The life of an account from its first deposit to its end and a new beginning, with what must come out at each step.
 * The numbers are written down, not computed: they are the third witness beside the ledger and the contract.
 */
public final class LifeCycle {
  private static final Duration LOCK = Duration.ofHours(24);
  private static final DevWallet ALICE = DevWallet.funded(1);
  private static final DevWallet BOB = DevWallet.funded(2);
  private static final DevWallet PROVIDER = DevWallet.funded(3);

  private final AnvilControl chain;
  private final AccountLedgerContract contract;
  private final Witness witness;
  private OwnerAnswer expectedOfBob = OwnerAnswer.closed(BOB.address());

  /** Told after each step what must hold at a block. */
  @FunctionalInterface
  public interface Witness {
    void afterStep(String name, BlockHeader block, List<OwnerAnswer> expected);
  }

  public LifeCycle(AnvilControl chain, AccountLedgerContract contract, Witness witness) {
    this.chain = chain;
    this.contract = contract;
    this.witness = witness;
  }

  /** What to call the wallets that appear. */
  public static Map<WalletAddress, String> names() {
    return Map.of(ALICE.address(), "Alice", BOB.address(), "Bob", PROVIDER.address(), "A");
  }

  /** Every step in order; each is mined and witnessed before the next one is sent. */
  public void play() {
    fundAndSpend();
    askBackAndFetch();
    runOut();
    leaveAndReturn();
  }

  private void fundAndSpend() {
    BlockHeader at = mined(contract.deposit(ALICE, zeroG("10")));
    step("Alice deposits 10", at, alice("10"));

    at = mined(contract.depositFor(ALICE, BOB.address(), zeroG("5")));
    expectedOfBob = OwnerAnswer.open(BOB.address(), zeroG("5"), List.of());
    step("Alice deposits 5 for Bob", at, alice("10"));

    at = transferred(INFERENCE, "5");
    step("Alice transfers 5 to A inference-v1.0", at, alice("5", inference("5")));

    at = transferred(FINE_TUNING, "1");
    step("Alice transfers 1 to A fine-tuning-v1.0", at, alice("4", inference("5"), fineTuning("1")));

    at = settled("0.5", 1);
    step("A settles 0.5 of inference-v1.0", at, alice("4", inference("4.5"), fineTuning("1")));
  }

  private void askBackAndFetch() {
    Instant inferenceAsked = retrieved(INFERENCE).time();
    BlockHeader at = retrieved(FINE_TUNING);
    Instant fineTuningAsked = at.time();
    step("Alice retrieves from both: asks everything back", at, alice("4",
        inference("4.5", waiting("4.5", inferenceAsked)), fineTuning("1", waiting("1", fineTuningAsked))));

    retrieved(INFERENCE);
    at = retrieved(FINE_TUNING);
    step("Alice retrieves again: nothing new happens", at, alice("4",
        inference("4.5", waiting("4.5", inferenceAsked)), fineTuning("1", waiting("1", fineTuningAsked))));

    at = transferred(INFERENCE, "2");
    step("Alice transfers 2 to inference-v1.0: cancels 2 of the pending refund, moves nothing", at, alice("4",
        inference("4.5", waiting("2.5", inferenceAsked)), fineTuning("1", waiting("1", fineTuningAsked))));

    chain.increaseTime(LOCK);
    chain.mine();
    step("24 hours pass", chain.head(), alice("4",
        inference("4.5", claimable("2.5", inferenceAsked)), fineTuning("1", claimable("1", fineTuningAsked))));

    Instant restAsked = retrieved(INFERENCE).time();
    at = retrieved(FINE_TUNING);
    step("Alice retrieves from both: the claimable parts come back, the rest of inference is asked back", at,
        alice("7.5", inference("2", waiting("2", restAsked)), fineTuning("0")));
  }

  private void runOut() {
    BlockHeader at = settled("3", 2);
    step("A settles 3 of a balance of 2: partial, the rest is written off", at,
        alice("7.5", inference("0"), fineTuning("0")));

    at = settled("1", 2);
    step("A settles with an old nonce: rejected", at, alice("7.5", inference("0"), fineTuning("0")));
  }

  private void leaveAndReturn() {
    BlockHeader at = mined(contract.withdraw(ALICE, zeroG("3")));
    step("Alice withdraws 3", at, alice("4.5", inference("0"), fineTuning("0")));

    at = mined(contract.withdraw(ALICE, zeroG("4.5")));
    step("Alice withdraws the rest: the total is 0 and the ledger closes", at, OwnerAnswer.closed(ALICE.address()));

    at = mined(contract.deposit(ALICE, zeroG("3")));
    step("Alice deposits 3 again: the ledger opens", at, alice("3"));
  }

  private void step(String name, BlockHeader block, OwnerAnswer expectedOfAlice) {
    witness.afterStep(name, block, List.of(expectedOfAlice, expectedOfBob));
  }

  private BlockHeader transferred(ServiceName service, String amount) {
    return mined(contract.transfer(ALICE, PROVIDER.address(), service, zeroG(amount)));
  }

  private BlockHeader retrieved(ServiceName service) {
    return mined(contract.retrieve(ALICE, service, PROVIDER.address()));
  }

  private BlockHeader settled(String asked, long nonce) {
    return mined(contract.settle(PROVIDER, new Settlement(ALICE.address(), INFERENCE, zeroG(asked), nonce)));
  }

  private BlockHeader mined(Hash transaction) {
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
