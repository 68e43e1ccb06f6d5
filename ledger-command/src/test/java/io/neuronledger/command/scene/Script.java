package io.neuronledger.command.scene;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/** Short names for chain facts, amounts in 0G, all about {@link Wallets#PROVIDER} and its inference service. */
public final class Script {
  private Script() {}

  public static ChainEvent.Deposit deposit(WalletAddress owner, String amount) {
    return new ChainEvent.Deposit(owner, owner, Wallets.coins(amount));
  }

  public static ChainEvent.Transfer transfer(WalletAddress owner, String amount) {
    return transfer(owner, amount, "0");
  }

  public static ChainEvent.Transfer transfer(WalletAddress owner, String amount, String cancelled) {
    return new ChainEvent.Transfer(owner, Wallets.PROVIDER, Wallets.INFERENCE, true, Wallets.coins(amount),
        Wallets.coins(cancelled));
  }

  public static ChainEvent.Transfer back(WalletAddress owner, String amount) {
    return new ChainEvent.Transfer(owner, Wallets.PROVIDER, Wallets.INFERENCE, false, Wallets.coins(amount),
        Neuron.ZERO);
  }

  public static ChainEvent.RefundRequested request(WalletAddress owner, String amount) {
    return new ChainEvent.RefundRequested(owner, Wallets.PROVIDER, Wallets.INFERENCE, Wallets.coins(amount));
  }

  public static ChainEvent.Settled settle(WalletAddress owner, String asked, String amount) {
    return new ChainEvent.Settled(owner, Wallets.PROVIDER, Wallets.INFERENCE, Wallets.coins(asked),
        Wallets.coins(amount), Optional.of(new SettlementNonce(BigInteger.ONE)));
  }

  public static ChainEvent.Withdraw withdraw(WalletAddress owner, String amount) {
    return new ChainEvent.Withdraw(owner, Wallets.coins(amount));
  }

  public static ChainEvent.SubAccountClosed closeSubAccount(WalletAddress owner) {
    return new ChainEvent.SubAccountClosed(owner, Wallets.PROVIDER, Wallets.INFERENCE);
  }

  public static ChainEvent.LockPeriodSet lockPeriod(ServiceName service, Duration period) {
    return new ChainEvent.LockPeriodSet(service, period);
  }
}
