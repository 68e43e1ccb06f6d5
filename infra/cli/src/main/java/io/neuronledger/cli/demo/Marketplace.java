package io.neuronledger.cli.demo;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.cli.answer.FinanceApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.settlement.PeriodRow;
import io.neuronledger.contracts.view.usage.UsageReceipts;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Usage and settlements: two wallets use four models of three providers, which report each request and settle in
 * batches. One request is reported twice, one only after the settlement that contains it, and one settlement asks for
 * more than the balance.
 */
final class Marketplace {
  /** One completes each second. */
  static final int REQUESTS = 300;
  /** The index of the late report, a request of Dave to C. */
  private static final int LATE = 298;
  private static final int TWICE = 7;
  private static final int REPORTS_PER_BATCH = 100;
  private static final DevWallet CAROL = DevWallet.funded(4);
  private static final DevWallet DAVE = DevWallet.funded(5);
  private static final DevWallet B = DevWallet.funded(6);
  private static final DevWallet C = DevWallet.funded(7);
  private static final DevWallet D = DevWallet.funded(8);
  private static final List<DevWallet> PROVIDERS = List.of(B, C, D);

  private final AnvilControl chain;
  private final AccountLedgerContract contract;
  private final FinanceApi finance;
  private final Observer observer;

  /** Receives the expected state after each step. */
  interface Observer {
    /** Receives the balances at a block. */
    void balances(String name, BlockHeader block, List<OwnerAnswer> expected);

    /** Receives each provider's usage and settlements, as known once the block is sealed, and the balances at it. */
    void providerRows(String name, BlockHeader block, List<OwnerAnswer> owners, Comparison.ProviderRows rows);

    /** Receives quotes for requests at the prices in force at a block, and the balances at it. */
    void quotes(String name, BlockHeader block, List<OwnerAnswer> owners, Comparison.Quotes quotes);
  }

  /**
   * After the settlements.
   *
   * @param requests all of them, with the one that was not reported
   * @param block the last settlement's
   * @param owners their balances from then on
   */
  record Settled(Requests requests, BlockHeader block, List<OwnerAnswer> owners) {
    Settled {
      owners = List.copyOf(owners);
    }
  }

  Marketplace(AnvilControl chain, AccountLedgerContract contract, FinanceApi finance, Observer observer) {
    this.chain = chain;
    this.contract = contract;
    this.finance = finance;
    this.observer = observer;
  }

  /** The display names of the wallets. */
  static Map<WalletAddress, String> names() {
    return Map.of(CAROL.address(), "Carol", DAVE.address(), "Dave", B.address(), "B", C.address(), "C", D.address(),
        "D");
  }

  /** The provider with the late report. */
  static WalletAddress lateProvider() {
    return C.address();
  }

  /** Plays every step in order. */
  void play() {
    BlockHeader funded = fund();
    reportLate(useAndSettle(funded, funded.time()));
  }

  /** The owners get their sub-accounts. @return the block after which they have them */
  BlockHeader fund() {
    BlockHeader funded = deposit();
    observer.balances("Carol and Dave deposit 20 each and transfer to the providers B, C and D", funded, funded());
    return funded;
  }

  /**
   * All requests but one are reported, and all are settled.
   *
   * @param funded the newest block
   * @param until the latest time of completion, exclusive; not later than the next block's time
   */
  Settled useAndSettle(BlockHeader funded, Instant until) {
    Requests all = Requests.before(until, REQUESTS, addresses(List.of(CAROL, DAVE)), addresses(PROVIDERS));
    Requests known = all.without(all.all().get(LATE));
    WriteToken reported = report(known, all.all().get(TWICE));
    observer.providerRows("299 requests with four models are reported, one of them twice", funded, funded(),
        providerRows(PROVIDERS.stream().map(each -> unsettled(each, known)).toList(), funded, reported));
    observer.quotes("A request of each provider: its fee is the quote at the price that the provider publishes", funded,
        funded(), quotes(known, funded));

    Settled settled = new Settled(all, settle(all), List.of(
        open(CAROL, "2", left("5", all, CAROL, B), left("5", all, CAROL, C), left("8", all, CAROL, D)),
        open(DAVE, "5", left("5", all, DAVE, B), left("5", all, DAVE, C), Neuron.ZERO)));
    observer.balances(
        "B and C settle, C in two batches; D asks Dave for more than the balance: the rest is written off",
        settled.block(), settled.owners());
    observer.providerRows("One request of C's second batch has not been reported: C's usage lacks it",
        settled.block(), settled.owners(), providerRows(
            PROVIDERS.stream().map(each -> settled(each, all, known)).toList(), settled.block(), reported));
    return settled;
  }

  /** The report of the last request arrives. */
  void reportLate(Settled settled) {
    Requests all = settled.requests();
    UsageReceipts late = finance.report(List.of(all.all().get(LATE)));
    expect(1, late.recorded());
    observer.providerRows(
        "The late report arrives: every settlement matches its requests, and every provider closes at 0",
        settled.block(), settled.owners(), providerRows(
            PROVIDERS.stream().map(each -> settled(each, all, all)).toList(), settled.block(), token(late)));
  }

  private static Neuron left(String transferred, Requests all, DevWallet owner, DevWallet provider) {
    return Neuron.ofZeroG(transferred).minus(fees(all, owner, provider));
  }

  private BlockHeader deposit() {
    for (DevWallet owner : List.of(CAROL, DAVE)) {
      contract.await(contract.deposit(owner, Neuron.ofZeroG("20")));
      contract.await(contract.transfer(owner, B.address(), INFERENCE, Neuron.ofZeroG("5")));
      contract.await(contract.transfer(owner, C.address(), INFERENCE, Neuron.ofZeroG("5")));
    }
    contract.await(contract.transfer(CAROL, D.address(), INFERENCE, Neuron.ofZeroG("8")));
    chain.setAutomine(false);
    Hash last = contract.transfer(DAVE, D.address(), INFERENCE, Neuron.ofZeroG("5"));
    publishPrices();
    chain.mine();
    chain.setAutomine(true);
    return awaitBlock(last);
  }

  /** Of the last request of each provider for the model that its price is for. */
  private Comparison.Quotes quotes(Requests reported, BlockHeader block) {
    List<Comparison.QuotedRequest> expected = new ArrayList<>();
    List<Comparison.QuotedRequest> ledger = new ArrayList<>();
    for (int i = 0; i < PROVIDERS.size(); i++) {
      WalletAddress provider = PROVIDERS.get(i).address();
      ServicePrice published = Requests.prices().get(i);
      UsageReport request = reported.of(provider).all().stream()
          .filter(each -> published.model().equals(Optional.of(each.model().value()))).toList().getLast();
      expected.add(new Comparison.QuotedRequest(provider, request.model(), published.input(), published.output(),
          request.fee()));
      PriceView price = finance.price(provider, request.model(), block.number());
      ledger.add(new Comparison.QuotedRequest(provider, request.model(), price.inputPrice(), price.outputPrice(),
          finance.quote(request, block.number())));
    }
    return new Comparison.Quotes(expected, ledger);
  }

  /** In the block that is mined next. */
  private void publishPrices() {
    List<ServicePrice> prices = Requests.prices();
    for (int i = 0; i < PROVIDERS.size(); i++) {
      var _ = contract.updateService(PROVIDERS.get(i), INFERENCE, prices.get(i));
    }
  }

  /** @return the token of all reports */
  private WriteToken report(Requests known, UsageReport twice) {
    List<WriteToken> written = new ArrayList<>();
    for (int first = 0; first < known.count(); first += REPORTS_PER_BATCH) {
      List<UsageReport> batch = known.all().subList(first, Math.min(known.count(), first + REPORTS_PER_BATCH));
      UsageReceipts receipts = finance.report(batch);
      expect(batch.size(), receipts.recorded());
      written.add(token(receipts));
    }
    expect(1, finance.report(List.of(twice)).repeated());
    return written.stream().reduce(WriteToken::and).orElseThrow();
  }

  private static WriteToken token(UsageReceipts receipts) {
    return receipts.token().orElseThrow();
  }

  private BlockHeader settle(Requests all) {
    awaitBlock(contract.settle(B, item(CAROL, all.of(B.address()), 1), item(DAVE, all.of(B.address()), 1)));
    Requests ofC = all.of(C.address());
    awaitBlock(contract.settle(C, item(CAROL, ofC.firstHalf(), 1), item(DAVE, ofC.firstHalf(), 1)));
    awaitBlock(contract.settle(C, item(CAROL, ofC.secondHalf(), 2), item(DAVE, ofC.secondHalf(), 2)));
    return awaitBlock(contract.settle(D, item(CAROL, all.of(D.address()), 1), item(DAVE, all.of(D.address()), 1)));
  }

  private static Settlement item(DevWallet owner, Requests requests, long nonce) {
    return new Settlement(owner.address(), INFERENCE, requests.by(owner.address()).fees(), nonce);
  }

  private Comparison.ProviderRows providerRows(List<PeriodRow> expected, BlockHeader block, WriteToken reported) {
    List<PeriodRow> rows = new ArrayList<>();
    for (DevWallet provider : PROVIDERS) {
      rows.add(finance.row(provider.address(), block.number(), reported));
    }
    return new Comparison.ProviderRows(expected, rows);
  }

  private static PeriodRow unsettled(DevWallet provider, Requests known) {
    Requests served = known.of(provider.address());
    return row(provider, served, NeuronSum.ZERO, NeuronSum.ZERO, 0);
  }

  /** The expected row after all settlements. Dave had 5 with D. */
  private static PeriodRow settled(DevWallet provider, Requests all, Requests known) {
    NeuronSum asked = all.of(provider.address()).feeSum();
    NeuronSum writtenOff = provider.equals(D)
        ? NeuronSum.of(fees(all, DAVE, D).minus(Neuron.ofZeroG("5"))) : NeuronSum.ZERO;
    int settlements = provider.equals(C) ? 4 : 2;
    return row(provider, known.of(provider.address()), asked.minus(writtenOff), writtenOff, settlements);
  }

  private static PeriodRow row(DevWallet provider, Requests served, NeuronSum settled, NeuronSum writtenOff,
      int settlements) {
    NeuronSum used = served.feeSum();
    return new PeriodRow(provider.address(), Optional.empty(), Optional.empty(), NeuronSum.ZERO, NeuronSum.ZERO, used,
        NeuronSum.ZERO, settled, writtenOff, used.minus(settled).minus(writtenOff), served.count(), settlements);
  }

  private static Neuron fees(Requests all, DevWallet owner, DevWallet provider) {
    return all.of(provider.address()).by(owner.address()).fees();
  }

  /** Both owners after the funding. */
  private static List<OwnerAnswer> funded() {
    return List.of(carol("5", "5", "8"), dave("5", "5", "5"));
  }

  private static OwnerAnswer carol(String b, String c, String d) {
    return open(CAROL, "2", Neuron.ofZeroG(b), Neuron.ofZeroG(c), Neuron.ofZeroG(d));
  }

  private static OwnerAnswer dave(String b, String c, String d) {
    return open(DAVE, "5", Neuron.ofZeroG(b), Neuron.ofZeroG(c), Neuron.ofZeroG(d));
  }

  private static OwnerAnswer open(DevWallet owner, String available, Neuron b, Neuron c, Neuron d) {
    return OwnerAnswer.open(owner.address(), Neuron.ofZeroG(available), List.of(
        SubAccountAnswer.of(B.address(), INFERENCE, b), SubAccountAnswer.of(C.address(), INFERENCE, c),
        SubAccountAnswer.of(D.address(), INFERENCE, d)));
  }

  private static List<WalletAddress> addresses(List<DevWallet> wallets) {
    return wallets.stream().map(DevWallet::address).toList();
  }

  private static void expect(int expected, int actual) {
    if (expected != actual) {
      throw new IllegalStateException("expected " + expected + " accepted reports, not " + actual);
    }
  }

  private BlockHeader awaitBlock(Hash transaction) {
    return chain.block(BlockRef.hash(contract.await(transaction).blockHash()));
  }
}
