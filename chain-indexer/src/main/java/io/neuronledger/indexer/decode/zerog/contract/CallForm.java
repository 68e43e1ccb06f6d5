package io.neuronledger.indexer.decode.zerog.contract;

import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The calls by ABI signature. */
public enum CallForm {
  ADD_LEDGER("addLedger(string)", true) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.Deposit(value);
    }
  },
  DEPOSIT_FUND("depositFund()", true) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.Deposit(value);
    }
  },
  DEPOSIT_FUND_FOR("depositFundFor(address)", true) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.DepositFor(arguments.address(), value);
    }
  },
  REFUND("refund(uint256)", true) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.Refund(arguments.neuron());
    }
  },
  DELETE_LEDGER("deleteLedger()", true) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.DeleteLedger();
    }
  },
  TRANSFER_FUND("transferFund(address,string,uint256)", true) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.TransferFund(arguments.address(), arguments.string(), arguments.neuron());
    }
  },
  RETRIEVE_FUND("retrieveFund(address[],string)", true) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.RetrieveFund(arguments.list(AbiReader::address), arguments.string());
    }
  },
  ACKNOWLEDGE("acknowledgeTEESigner(address,bool)", false) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.Acknowledge(arguments.address(), arguments.bool());
    }
  },
  SETTLE("settleFeesWithTEE((address,address,uint256,bytes32,uint256,bytes)[])", false) {
    @Override
    ContractCall read(AbiReader arguments, Neuron value) {
      return new ContractCall.Settle(arguments.list(CallForm::item));
    }
  };

  /**
   * A fine-tuning settlement. Its logs carry all of it, so its input is not read: the call only shows which three logs
   * belong together, FeesSettled, FundSpent and BalanceUpdated.
   */
  public static final String SETTLE_FEES = "settleFees((string,bytes,bytes,uint256,bytes,uint256,address))";

  private static final String SETTLE_FEES_SELECTOR = Signature.selector(SETTLE_FEES);
  private static final Map<String, CallForm> BY_SELECTOR =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(CallForm::selector, Function.identity()));

  private final String signature;
  private final String selector;
  private final boolean toLedgerManager;

  CallForm(String signature, boolean toLedgerManager) {
    this.signature = signature;
    this.selector = Signature.selector(signature);
    this.toLedgerManager = toLedgerManager;
  }

  public String signature() {
    return signature;
  }

  public String selector() {
    return selector;
  }

  /**
   * Decodes a call to a followed contract; empty for calls of no interest and for input that the contract itself would
   * refuse.
   *
   * @param toLedgerManager whether it goes to LedgerManager; otherwise to a serving contract
   * @param input {@code 0x}, selector and arguments
   */
  public static Optional<ContractCall> read(boolean toLedgerManager, String input, Neuron value) {
    CallForm form = BY_SELECTOR.get(Signature.selectorOf(input));
    if (form == null || form.toLedgerManager != toLedgerManager) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.read(AbiReader.ofArguments(input), value));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether input to a serving contract is a {@link #SETTLE_FEES}. */
  public static boolean settlesFees(String input) {
    return Signature.selectorOf(input).equals(SETTLE_FEES_SELECTOR);
  }

  abstract ContractCall read(AbiReader arguments, Neuron value);

  private static ContractCall.Item item(AbiReader items) {
    AbiReader item = items.tuple();
    WalletAddress user = item.address();
    WalletAddress provider = item.address();
    Neuron fee = item.neuron();
    BigInteger requestsHash = item.uint();
    return new ContractCall.Item(user, provider, fee, new SettlementNonce(item.uint()), signed(requestsHash, item));
  }

  /** Empty for anything that is no signature: the contract rejects it, and its item is an item all the same. */
  private static Optional<Evidence.SettlementSignature> signed(BigInteger requestsHash, AbiReader item) {
    try {
      return item.bytes(Evidence.SettlementSignature.BYTES).map(signature -> new Evidence.SettlementSignature(
          new Hash("0x%064x".formatted(requestsHash)), "0x" + HexFormat.of().formatHex(signature)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
