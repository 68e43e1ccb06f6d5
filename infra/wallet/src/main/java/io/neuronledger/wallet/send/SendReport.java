package io.neuronledger.wallet.send;

import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.chain.UnsignedTransaction;
import io.neuronledger.wallet.chain.WalletCall;
import io.neuronledger.wallet.ledger.OwnerReader.HoldingsAt;
import io.neuronledger.wallet.ledger.OwnerReader.ReadBlock;
import io.neuronledger.wallet.plan.Forecast;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.text.JsonText;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A transaction as data: what it does, what is signed, what became of it. Amounts are in neuron.
 *
 * @param value the coins that go with it
 * @param after what the owner holds then; empty where it is refused
 * @param refusal the rule that refuses it
 * @param feeMax the most that it may cost in gas
 * @param hash of the transaction, once it is signed
 * @param block in which it was mined
 * @param finalized whether no fork takes back what is recorded
 * @param entries the ids of the owner's entries that it caused
 */
record SendReport(String action, State state, long chainId, String contract, String from, String call, String data,
    String value, AsOf asOf, Amounts before, Optional<Amounts> after, List<String> effects, List<String> cancels,
    Optional<String> refusal, Optional<BigInteger> nonce, Optional<String> gasPrice, Optional<String> gasLimit,
    Optional<String> feeMax, Optional<String> hash, Optional<Long> block, Optional<Boolean> finalized,
    List<String> entries) {
  /** How far it has come. */
  enum State {
    /** A rule refuses it; nothing is signed. */
    refused,
    /** It would be sent; nothing is signed. */
    shown,
    /** It is sent, and not in the ledger yet. */
    sent,
    /** The contract has refused it on chain, as the node says, and the ledger as of its block shows nothing of it. */
    reverted,
    /** It is mined, as the node says, and the ledger as of its block shows nothing of it. */
    unchanged,
    /** Another transaction has used its nonce, as the node says, and the ledger shows nothing of it. */
    replaced,
    /** The ledger shows it. */
    recorded
  }

  /**
   * From what it is foreseen.
   *
   * @param block of the owner's ledger; empty where the owner has none
   * @param behind whether the ledger is behind the chain
   */
  record AsOf(Optional<Long> block, boolean behind) {}

  /** What an owner holds, in neuron. */
  record Amounts(boolean open, String available, String locked, String total) {
    static Amounts of(Holdings holdings) {
      return new Amounts(holdings.open(), holdings.available().toString(), holdings.locked().toString(),
          holdings.total().toString());
    }
  }

  static SendReport of(String action, long chainId, String from, WalletCall call, HoldingsAt now, Forecast forecast) {
    return new SendReport(action, forecast.refusal().isPresent() ? State.refused : State.shown, chainId,
        call.to().checksummed(), from, call.shown(), call.data(), call.value().toString(),
        new AsOf(now.at().map(ReadBlock::number), now.behind()), Amounts.of(now.holdings()),
        forecast.after().map(Amounts::of), forecast.effects(), forecast.cancels(), forecast.refusal(), Optional.empty(),
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        List.of());
  }

  SendReport with(UnsignedTransaction transaction) {
    return new SendReport(action, state, chainId, contract, from, call, data, value, asOf, before, after, effects,
        cancels, refusal, Optional.of(transaction.nonce()), Optional.of(transaction.gasPrice().toString()),
        Optional.of(transaction.gasLimit().toString()), Optional.of(transaction.feeMax().toString()), hash, block,
        finalized, entries);
  }

  /** Of what was signed earlier: nothing else of it is known any more. */
  SendReport with(BigInteger signedNonce) {
    return new SendReport(action, state, chainId, contract, from, call, data, value, asOf, before, after, effects,
        cancels, refusal, Optional.of(signedNonce), gasPrice, gasLimit, feeMax, hash, block, finalized, entries);
  }

  SendReport sent(SignedTransaction signed) {
    return new SendReport(action, State.sent, chainId, contract, from, call, data, value, asOf, before, after, effects,
        cancels, refusal, nonce, gasPrice, gasLimit, feeMax, Optional.of(signed.hash().value()), block, finalized,
        entries);
  }

  /** @param minedIn the block, where there is one */
  SendReport ended(State end, Optional<Long> minedIn) {
    return new SendReport(action, end, chainId, contract, from, call, data, value, asOf, before, after, effects,
        cancels, refusal, nonce, gasPrice, gasLimit, feeMax, hash, minedIn, finalized, entries);
  }

  SendReport recorded(long minedIn, boolean isFinal, List<String> recorded) {
    return new SendReport(action, State.recorded, chainId, contract, from, call, data, value, asOf, before, after,
        effects, cancels, refusal, nonce, gasPrice, gasLimit, feeMax, hash, Optional.of(minedIn), Optional.of(isFinal),
        recorded);
  }

  String json(boolean oneLine) {
    return oneLine ? JsonText.line(this) : JsonText.pretty(this);
  }
}
