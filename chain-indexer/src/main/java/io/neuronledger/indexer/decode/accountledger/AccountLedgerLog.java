package io.neuronledger.indexer.decode.accountledger;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.decode.PublishedPrices;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The logs of {@code AccountLedger}, each with its ABI signature and its decoding as a chain event. Names and arguments
 * are those of the ABI in api-contracts.
 */
enum AccountLedgerLog {
  DEPOSIT("Deposit(address,address,uint256)", 2) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.Deposit(indexed.get(OWNER), indexed.get(1), data.neuron());
    }
  },
  TRANSFER("Transfer(address,address,string,bool,uint256,uint256)", 2) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.Transfer(indexed.get(OWNER), indexed.get(PROVIDER), service(data), data.bool(),
          data.neuron(), data.neuron());
    }
  },
  /** Its {@code unlocksAt} is ignored: the lock period may change, so the time is derived. */
  REFUND_REQUESTED("RefundRequested(address,address,string,uint256,uint256)", 2) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.RefundRequested(indexed.get(OWNER), indexed.get(PROVIDER), service(data), data.neuron());
    }
  },
  SETTLED("Settled(address,address,string,uint256,uint256,uint8,uint256)", 2) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      byte[] name = data.bytes();
      Neuron asked = data.neuron();
      Neuron taken = data.neuron();
      int status = data.integer();
      Optional<SettlementNonce> nonce = Optional.of(new SettlementNonce(data.uint()));
      if (status == SUCCESS || status == PARTIAL) {
        return new ChainEvent.Settled(indexed.get(OWNER), indexed.get(PROVIDER), service(AbiReader.text(name)), asked,
            taken, nonce);
      }
      if (!taken.equals(Neuron.ZERO)) {
        throw new IllegalArgumentException("a rejected settlement that took " + taken);
      }
      return new ChainEvent.SettlementRejected(indexed.get(OWNER), indexed.get(PROVIDER), anyService(name), asked,
          rejection(status), nonce);
    }
  },
  WITHDRAW("Withdraw(address,uint256)", 1) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.Withdraw(indexed.get(OWNER), data.neuron());
    }
  },
  SUB_ACCOUNT_CLOSED("SubAccountClosed(address,address,string)", 2) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.SubAccountClosed(indexed.get(OWNER), indexed.get(PROVIDER), service(data));
    }
  },
  LEDGER_CLOSED("LedgerClosed(address)", 1) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.LedgerClosed(indexed.get(OWNER));
    }
  },
  LOCK_PERIOD_SET("LockPeriodSet(string,uint256)", 0) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.LockPeriodSet(service(data), seconds(data));
    }
  },
  SERVICE_REGISTERED("ServiceRegistered(string,uint256)", 0) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.ServiceRegistered(service(data), seconds(data));
    }
  },
  PROVIDER_ACKNOWLEDGED("ProviderAcknowledged(address,address,string,bool)", 2) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.ProviderAcknowledged(indexed.get(OWNER), indexed.get(PROVIDER), service(data),
          data.bool());
    }
  },
  SERVICE_UPDATED("ServiceUpdated(address,string,string,string,uint256,uint256,uint256,string,string,string)", 1) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      ServiceName service = service(data);
      return new ChainEvent.PriceSet(indexed.getFirst(), service, Optional.of(
          PublishedPrices.inference(data).withAdditionalInfo(Optional.of(data.text()))));
    }
  },
  SERVICE_REMOVED("ServiceRemoved(address,string)", 1) {
    @Override
    ChainEvent event(List<WalletAddress> indexed, AbiReader data) {
      return new ChainEvent.PriceSet(indexed.getFirst(), service(data), Optional.empty());
    }
  };

  private static final int OWNER = 0;
  private static final int PROVIDER = 1;
  private static final int SUCCESS = 0;
  private static final int PARTIAL = 1;
  private static final int NOT_ACKNOWLEDGED = 3;
  private static final int OLD_NONCE = 4;
  private static final int UNKNOWN_SUB_ACCOUNT = 5;
  private static final int SERVICE_LENGTH_MAX = 500;
  private static final char REPLACEMENT = '\uFFFD';

  /** By first topic. */
  static final Map<String, AccountLedgerLog> BY_TOPIC =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(log -> log.topic, Function.identity()));

  private final String signature;
  private final int indexed;
  private final String topic;

  AccountLedgerLog(String signature, int indexed) {
    this.signature = signature;
    this.indexed = indexed;
    this.topic = Signature.topic(signature);
  }

  /** The ABI signature, without argument names. */
  String signature() {
    return signature;
  }

  /** The number of indexed arguments; the first one, if any, is the owner, or the provider of a price. */
  int indexed() {
    return indexed;
  }

  /** The first topic: the hash of the signature. */
  String topic() {
    return topic;
  }

  /** @throws IllegalArgumentException if the data does not match the signature, or a value is out of range */
  abstract ChainEvent event(List<WalletAddress> indexed, AbiReader data);

  /** The contract's rejection statuses. Any address may provide, without a signer, so it has no others. */
  private static RejectionReason rejection(int status) {
    return switch (status) {
      case NOT_ACKNOWLEDGED -> RejectionReason.OWNER_NOT_ACKNOWLEDGED;
      case OLD_NONCE -> RejectionReason.INVALID_NONCE;
      case UNKNOWN_SUB_ACCOUNT -> RejectionReason.UNKNOWN_SUB_ACCOUNT;
      default -> throw new IllegalArgumentException("no settlement has status " + status);
    };
  }

  /** The service name is always the first argument that is not indexed. */
  private static ServiceName service(AbiReader data) {
    return service(data.string());
  }

  private static ServiceName service(String name) {
    if (name.length() > SERVICE_LENGTH_MAX) {
      throw new IllegalArgumentException("a service name of " + name.length() + " characters");
    }
    return ServiceName.of(name);
  }

  /**
   * The name in a rejected settlement, which the contract has not checked: any caller can have any bytes logged there
   * for any owner. It moves nothing, so it is displayed as well as possible; refusing it would let one wallet put
   * another into quarantine.
   */
  private static ServiceName anyService(byte[] bytes) {
    String name = new String(bytes, StandardCharsets.UTF_8).replace('\0', REPLACEMENT);
    if (name.length() <= SERVICE_LENGTH_MAX) {
      return ServiceName.of(name);
    }
    // Never split a surrogate pair.
    int end = SERVICE_LENGTH_MAX - (Character.isHighSurrogate(name.charAt(SERVICE_LENGTH_MAX - 1)) ? 1 : 0);
    return ServiceName.of(name.substring(0, end) + "…");
  }

  private static Duration seconds(AbiReader data) {
    BigInteger seconds = data.uint();
    if (seconds.bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException("not a lock period: " + seconds + " s");
    }
    return Duration.ofSeconds(seconds.longValue());
  }
}
