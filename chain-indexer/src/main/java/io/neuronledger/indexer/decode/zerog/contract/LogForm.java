package io.neuronledger.indexer.decode.zerog.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.PublishedPrices;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The logs by ABI signature, with the number of indexed arguments and the emitter's role. A topic alone is ambiguous:
 * other contracts use the same one with another meaning, so a log is read by emitter and number of topics.
 */
public enum LogForm {
  FUND_SPENT("FundSpent(address,address,uint256)", Emitter.LEDGER_MANAGER, 2) {
    @Override
    ContractLog read(Source log) {
      return new ContractLog.FundSpent(log.address(1), log.address(2), log.data().neuron());
    }
  },
  SERVICE_REGISTERED("ServiceRegistered(address,string)", Emitter.LEDGER_MANAGER, 1) {
    @Override
    ContractLog read(Source log) {
      return new ContractLog.ServiceRegistered(log.address(1), log.data().string());
    }
  },
  BALANCE_UPDATED("BalanceUpdated(address,address,uint256,uint256)", Emitter.SERVING, 2) {
    @Override
    ContractLog read(Source log) {
      AbiReader data = log.data();
      return new ContractLog.BalanceUpdated(log.address(1), log.address(2), data.neuron(), data.neuron());
    }
  },
  REFUND_REQUESTED("RefundRequested(address,address,uint256,uint256)", Emitter.SERVING, 3) {
    @Override
    ContractLog read(Source log) {
      return new ContractLog.RefundRequested(log.address(1), log.address(2), log.number(3), log.data().time());
    }
  },
  ACCOUNT_DELETED("AccountDeleted(address,address,uint256)", Emitter.SERVING, 2) {
    @Override
    ContractLog read(Source log) {
      return new ContractLog.AccountDeleted(log.address(1), log.address(2), log.data().neuron());
    }
  },
  LOCK_TIME_UPDATED("LockTimeUpdated(uint256,uint256)", Emitter.SERVING, 0) {
    @Override
    ContractLog read(Source log) {
      AbiReader data = log.data();
      return new ContractLog.LockTimeUpdated(Duration.ofSeconds(data.seconds()), Duration.ofSeconds(data.seconds()));
    }
  },
  TEE_SETTLEMENT_RESULT("TEESettlementResult(address,uint8,uint256)", Emitter.SERVING, 1) {
    @Override
    ContractLog read(Source log) {
      AbiReader data = log.data();
      return new ContractLog.TeeSettlementResult(log.address(1), data.integer(), data.neuron());
    }
  },
  FEES_SETTLED("FeesSettled(address,address,string,uint256,bool,uint256)", Emitter.SERVING, 2) {
    @Override
    ContractLog read(Source log) {
      AbiReader data = log.data().skip(1);   // the deliverable
      Neuron fee = data.neuron();
      return new ContractLog.FeesSettled(log.address(1), log.address(2), fee, new SettlementNonce(data.skip(1).uint()));
    }
  },
  SERVICE_UPDATED("ServiceUpdated(address,string,string,uint256,uint256,uint256,string,string)", Emitter.SERVING, 1) {
    @Override
    ContractLog read(Source log) {
      return new ContractLog.ServiceUpdated(log.address(1), PublishedPrices.inference(log.data()));
    }
  },
  FINE_TUNING_SERVICE_UPDATED("ServiceUpdated(address,string,(uint256,uint256,uint256,uint256,string),uint256,address,"
      + "bool)", Emitter.SERVING, 1) {
    @Override
    ContractLog read(Source log) {
      return new ContractLog.ServiceUpdated(log.address(1), PublishedPrices.fineTuning(log.data()));
    }
  },
  SERVICE_REMOVED("ServiceRemoved(address)", Emitter.SERVING, 1) {
    @Override
    ContractLog read(Source log) {
      return new ContractLog.ServiceRemoved(log.address(1));
    }
  },
  UPGRADED("Upgraded(address)", Emitter.BEACON, 1) {
    @Override
    ContractLog read(Source log) {
      return new ContractLog.Upgraded(log.address(1));
    }
  };

  /** The roles of followed contracts. Each of them may be a proxy, and then also emits a beacon's logs. */
  public enum Emitter { LEDGER_MANAGER, SERVING, BEACON }

  /** A log being read. */
  record Source(LogEntry entry) {
    WalletAddress address(int topic) {
      return AbiReader.addressOf(entry.topics().get(topic));
    }

    BigInteger number(int topic) {
      return AbiReader.ofData(entry.topics().get(topic)).uint();
    }

    AbiReader data() {
      return AbiReader.ofData(entry.data());
    }
  }

  /** By first topic. */
  public static final Map<String, LogForm> BY_TOPIC =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(LogForm::topic, Function.identity()));

  private final String signature;
  private final String topic;
  private final Emitter emitter;
  private final int indexed;

  LogForm(String signature, Emitter emitter, int indexed) {
    this.signature = signature;
    this.topic = Signature.topic(signature);
    this.emitter = emitter;
    this.indexed = indexed;
  }

  public String signature() {
    return signature;
  }

  public String topic() {
    return topic;
  }

  /** The number of indexed arguments. */
  int indexed() {
    return indexed;
  }

  /** The role of the contract that emits it. */
  public Emitter emitter() {
    return emitter;
  }

  /** @throws IllegalArgumentException if its topics or data do not match the ABI */
  public ContractLog read(LogEntry entry) {
    if (entry.topics().size() != indexed + 1) {
      throw new IllegalArgumentException(entry.topics().size() + " topics instead of " + (indexed + 1));
    }
    return read(new Source(entry));
  }

  abstract ContractLog read(Source log);
}
