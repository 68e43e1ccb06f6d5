package io.neuronledger.command.account;

import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random histories of one owner: facts that a contract could emit, and facts that it could not. */
final class Histories {
  static final WalletAddress OWNER = Wallets.ALICE;

  /** Few, so that moves share sub-accounts; among them the owner itself and the zero address. */
  private static final List<WalletAddress> PROVIDERS = List.of(Wallets.PROVIDER, OWNER, WalletAddress.ZERO);
  private static final List<ServiceName> SERVICES = List.of(Wallets.INFERENCE, Wallets.TUNING);
  private static final int MOVES_MAX = 40;

  /** The kind of the next fact. */
  enum Kind {
    DEPOSIT, TRANSFER, BACK, REQUEST, SETTLE, REJECT, WITHDRAW, CLOSE_SUB_ACCOUNT, CLOSE_LEDGER, ACKNOWLEDGE, OBSERVE
  }

  /**
   * One fact, with an amount that depends on the state before it.
   *
   * @param share of the available amount, in percent; above 100 it is impossible
   * @param seconds since the previous fact
   * @param possible whether the contract could emit it; if not, the amounts are arbitrary
   */
  record Move(Kind kind, WalletAddress provider, ServiceName service, int share, Neuron wild, int blocks, int seconds,
      int lockHours, boolean possible) {

    ServiceTerms terms() {
      return new ServiceTerms(Map.of(Wallets.INFERENCE, Duration.ofHours(lockHours)));
    }

    ChainEvent.OwnerFact fact(Ledger ledger, Instant blockTime) {
      Optional<SubAccount> account = ledger.subAccount(new SubAccountId(OWNER, provider, service));
      return possible ? possibleFact(ledger, account, blockTime) : wildFact(ledger);
    }

    private ChainEvent.OwnerFact possibleFact(Ledger ledger, Optional<SubAccount> account, Instant blockTime) {
      Neuron balance = account.map(SubAccount::balance).orElse(Neuron.ZERO);
      Neuron pending = account.map(each -> each.refunds().pending()).orElse(Neuron.ZERO);
      Neuron claimable = account.map(each -> claimable(each, blockTime)).orElse(Neuron.ZERO);
      boolean open = ledger.open();
      boolean there = account.isPresent();
      boolean canAsk = there && account.get().refunds().active().size() < RefundRules.ACTIVE_MAX;
      if (kind == Kind.TRANSFER && open) {
        return transferred(part(ledger.available().plus(pending)), pending);
      } else if (kind == Kind.BACK && !claimable.isZero()) {
        return new ChainEvent.Transfer(OWNER, provider, service, false, claimable, Neuron.ZERO);
      } else if (kind == Kind.REQUEST && canAsk) {
        return new ChainEvent.RefundRequested(OWNER, provider, service, part(balance.minus(pending)));
      } else if (kind == Kind.SETTLE && there) {
        return new ChainEvent.Settled(OWNER, provider, service, part(balance), part(balance), Optional.empty());
      } else if (kind == Kind.WITHDRAW && open) {
        return new ChainEvent.Withdraw(OWNER, part(ledger.available()));
      } else if (kind == Kind.REJECT) {
        return new ChainEvent.SettlementRejected(OWNER, provider, service, wild, RejectionReason.INVALID_NONCE,
            Optional.empty());
      } else if (kind == Kind.CLOSE_LEDGER && ledger.total().isZero()) {
        return new ChainEvent.LedgerClosed(OWNER);
      } else if (kind == Kind.ACKNOWLEDGE && there) {
        return new ChainEvent.ProviderAcknowledged(OWNER, provider, service, share % 2 == 0);
      } else if (kind == Kind.OBSERVE) {
        return new ChainEvent.StateObserved(OWNER, observed(ledger), "run");
      }
      return new ChainEvent.Deposit(OWNER, provider, new Neuron(BigInteger.valueOf(share).shiftLeft(60))
          .min(Neuron.MAX.minus(ledger.total())));
    }

    /** The amount that the contract would pay out: all refunds past their lock. */
    private Neuron claimable(SubAccount account, Instant blockTime) {
      Duration lockPeriod = terms().lockPeriod(service);
      return account.refunds().active().stream()
          .filter(refund -> !blockTime.isBefore(refund.requestedAt().plus(lockPeriod)))
          .map(PendingRefund::amount).reduce(Neuron.ZERO, Neuron::plus);
    }

    private ChainEvent.Transfer transferred(Neuron amount, Neuron pending) {
      Neuron cancelled = amount.min(pending);
      return new ChainEvent.Transfer(OWNER, provider, service, true, amount.minus(cancelled), cancelled);
    }

    private ChainEvent.OwnerFact wildFact(Ledger ledger) {
      Neuron other = new Neuron(wild.value().xor(BigInteger.valueOf(share)));
      return switch (kind) {
        case DEPOSIT -> new ChainEvent.Deposit(OWNER, provider, wild);
        case TRANSFER -> new ChainEvent.Transfer(OWNER, provider, service, true, wild, other);
        case BACK -> new ChainEvent.Transfer(OWNER, provider, service, false, wild, share == 1 ? wild : Neuron.ZERO);
        case REQUEST -> new ChainEvent.RefundRequested(OWNER, provider, service, wild);
        case SETTLE -> new ChainEvent.Settled(OWNER, provider, service, other, wild, Optional.empty());
        case REJECT -> new ChainEvent.SettlementRejected(OWNER, provider, service, wild,
            RejectionReason.INVALID_SIGNATURE, Optional.empty());
        case WITHDRAW -> new ChainEvent.Withdraw(OWNER, wild);
        case CLOSE_SUB_ACCOUNT -> new ChainEvent.SubAccountClosed(OWNER, provider, service);
        case CLOSE_LEDGER -> new ChainEvent.LedgerClosed(OWNER);
        case ACKNOWLEDGE -> new ChainEvent.ProviderAcknowledged(OWNER, provider, service, share % 2 == 0);
        case OBSERVE -> share % 2 == 0
            ? new ChainEvent.Opening(OWNER, wildState(ledger, other))
            : new ChainEvent.StateObserved(OWNER, wildState(ledger, other), "run");
      };
    }

    private Neuron part(Neuron of) {
      BigInteger hundred = BigInteger.valueOf(100);
      return new Neuron(of.value().multiply(BigInteger.valueOf(Math.min(share, 100))).divide(hundred));
    }

    /** The contract's answer if it equals the ledger. */
    private static ObservedLedger observed(Ledger ledger) {
      return new ObservedLedger(ledger.open(), ledger.available(), ledger.subAccounts().values().stream()
          .map(account -> new ObservedLedger.SubAccount(account.id().provider(), account.id().service(),
              account.balance(), account.acknowledged(), account.refunds().active().stream()
              .map(Move::observed).toList())).toList());
    }

    private static ObservedLedger.Refund observed(PendingRefund refund) {
      return new ObservedLedger.Refund(refund.amount(), refund.requestedAt());
    }

    private ObservedLedger wildState(Ledger ledger, Neuron other) {
      ObservedLedger.SubAccount account = new ObservedLedger.SubAccount(provider, service, wild, true, List.of(
          new ObservedLedger.Refund(other, ScriptedPartitions.GENESIS),
          new ObservedLedger.Refund(wild, ScriptedPartitions.GENESIS.plusSeconds(share))));
      return new ObservedLedger(share % 3 != 0, ledger.available(), share % 5 == 0
          ? List.of(account, account)
          : List.of(account));
    }
  }

  private Histories() {}

  /** Impossible facts mixed with possible ones. */
  static Arbitrary<List<Move>> anything() {
    return moves(Arbitraries.of(true, true, false));
  }

  /** Only facts that the contract's own rules allow. */
  static Arbitrary<List<Move>> possible() {
    return moves(Arbitraries.just(true));
  }

  private static Arbitrary<List<Move>> moves(Arbitrary<Boolean> possible) {
    Arbitrary<Neuron> wild = Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN.pow(20)),
        Arbitraries.bigIntegers().between(BigInteger.ZERO, Neuron.MAX.value()),
        Arbitraries.of(Neuron.MAX.value(), BigInteger.ZERO, BigInteger.ONE)).map(Neuron::new);
    Arbitrary<Move> move = Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.of(PROVIDERS),
        Arbitraries.of(SERVICES), Arbitraries.integers().between(0, 130), wild, Arbitraries.integers().between(0, 2),
        Arbitraries.integers().between(0, 100_000), Arbitraries.integers().between(1, 30))
        .flatAs((kind, provider, service, share, amount, blocks, seconds, lock) -> possible.map(can ->
            new Move(kind, provider, service, share, amount, blocks, seconds, lock, can)));
    return move.list().ofMaxSize(MOVES_MAX);
  }
}
