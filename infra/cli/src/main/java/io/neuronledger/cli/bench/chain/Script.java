package io.neuronledger.cli.bench.chain;

import io.neuronledger.contracts.value.WalletAddress;

/** The events of a chain, each computed from its index. */
public sealed interface Script permits Script.Even, Script.Skewed {
  /** The number of events; further ones may follow. */
  long events();

  /** The number of wallets. */
  long wallets();

  /** The log of an event; the same at every call. */
  SyntheticLog log(long event, long time);

  /** The wallet of this number, from 0. */
  static WalletAddress wallet(long number) {
    return WalletAddress.parse("0x" + ScriptedLogs.wallet(number));
  }

  /** The fees that {@link #otherProvider} settles at once, of the wallet 0. */
  long OTHER_FEES = 10_000_000;

  /** A provider with one owner, the wallet 0, and one settlement. */
  static WalletAddress otherProvider() {
    return WalletAddress.parse("0x" + ScriptedLogs.otherProvider());
  }

  /** A provider that settles nothing. */
  static WalletAddress idleProvider() {
    return WalletAddress.parse("0x" + ScriptedLogs.idleProvider());
  }

  /** The owner of an event. */
  default WalletAddress ownerOf(long event) {
    String topics = log(event, 0).topics();
    return WalletAddress.parse("0x" + topics.split("\"", -1)[3].substring(26));
  }

  /**
   * Each wallet deposits, transfers, requests a refund and transfers again; the rest are settlements of one provider,
   * of one wallet after the other.
   */
  record Even(long events, long wallets) implements Script {
    @Override
    public SyntheticLog log(long event, long time) {
      return ScriptedLogs.even(event, wallets, time);
    }
  }

  /**
   * Eight providers, three for each wallet. One wallet has a tenth of the settlements, as Zipf's law has it; of twenty
   * events one is a rejected settlement, one a request for a refund, one a deposit, one a transfer that cancels the
   * refund.
   */
  record Skewed(long events, long wallets) implements Script {
    @Override
    public SyntheticLog log(long event, long time) {
      return ScriptedLogs.skewed(event, wallets, time);
    }
  }
}
