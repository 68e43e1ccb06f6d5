package io.neuronledger.cli.bench.chain;

import io.neuronledger.contracts.value.Neuron;

/** The logs of the scripts. */
final class ScriptedLogs {
  private static final Neuron HUNDRED = Neuron.ofZeroG("100");
  private static final Neuron FIFTY = Neuron.ofZeroG("50");
  private static final Neuron TWENTY = Neuron.ofZeroG("20");
  private static final Neuron TEN = Neuron.ofZeroG("10");
  private static final Neuron ONE = Neuron.ofZeroG("1");
  private static final long FEE_MIN = 1_000_000;
  private static final int FIRST_EVENTS = 4;
  private static final int PROVIDERS = 8;
  private static final int PROVIDERS_OF_A_WALLET = 3;
  private static final int CYCLE = 20;
  private static final int NOT_ACKNOWLEDGED = 3;
  private static final long WALLET = 1;
  private static final long PROVIDER = 2;
  private static final long RANK = 3;
  private static final double LARGEST = 0x1p53;

  private ScriptedLogs() {}

  /** Without 0x. */
  static String wallet(long number) {
    return Words.address(WALLET, number);
  }

  /** Without 0x: a provider that settles nothing. */
  static String idleProvider() {
    return Words.address(PROVIDER, PROVIDERS);
  }

  /** Without 0x: a provider with one owner and one settlement. */
  static String otherProvider() {
    return Words.address(PROVIDER, PROVIDERS + 1);
  }

  /** The first wallet funds its sub-account at that provider. */
  static SyntheticLog funding() {
    return SyntheticLog.transfer(wallet(0), otherProvider(), ONE, Neuron.ZERO);
  }

  /** That provider's settlement. */
  static SyntheticLog settlementOf(long fees) {
    return SyntheticLog.settled(wallet(0), otherProvider(), fees, fees, 0, 1);
  }

  private static String provider(long number) {
    return Words.address(PROVIDER, number % PROVIDERS);
  }

  static SyntheticLog even(long event, long wallets, long time) {
    String owner = wallet(event % wallets);
    String provider = provider(0);
    long round = event / wallets;
    return switch ((int) Math.min(round, FIRST_EVENTS)) {
      case 0 -> SyntheticLog.deposit(owner, HUNDRED);
      case 1 -> SyntheticLog.transfer(owner, provider, FIFTY, Neuron.ZERO);
      case 2 -> SyntheticLog.refundRequested(owner, provider, FIFTY, time);
      case 3 -> SyntheticLog.transfer(owner, provider, TEN, FIFTY);
      default -> settled(owner, provider, event, 1 + round);
    };
  }

  static SyntheticLog skewed(long event, long wallets, long time) {
    long later = event - FIRST_EVENTS * wallets;
    if (later < 0) {
      long wallet = event % wallets;
      long round = event / wallets;
      return round == 0 ? SyntheticLog.deposit(wallet(wallet), HUNDRED)
          : SyntheticLog.transfer(wallet(wallet), provider(wallet + round), TWENTY, Neuron.ZERO);
    }
    long cycle = later / CYCLE;
    long everybody = cycle % wallets;
    String owner = wallet(everybody);
    String provider = provider(everybody + 1);
    return switch ((int) (later % CYCLE)) {
      case 16 -> SyntheticLog.settled(owner, provider, FEE_MIN, 0, NOT_ACKNOWLEDGED, event);
      case 17 -> SyntheticLog.refundRequested(owner, provider, ONE, time);
      case 18 -> SyntheticLog.deposit(owner, ONE);
      case 19 -> SyntheticLog.transfer(owner, provider, ONE, ONE);
      default -> {
        long wallet = ranked(event, wallets);
        yield settled(wallet(wallet),
            provider(wallet + 1 + Math.floorMod(Words.mix(event, RANK), PROVIDERS_OF_A_WALLET)), event, event);
      }
    };
  }

  /** By Zipf's law: the wallet of rank r has a part of about 1/r. */
  private static long ranked(long event, long wallets) {
    double random = (Words.mix(RANK, event) >>> 11) / LARGEST;
    return Math.min(wallets, (long) Math.exp(random * Math.log(wallets + 1.0))) - 1;
  }

  private static SyntheticLog settled(String owner, String provider, long event, long nonce) {
    return SyntheticLog.settled(owner, provider, FEE_MIN + event, FEE_MIN + event, 0, nonce);
  }
}
