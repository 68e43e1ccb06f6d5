package io.neuronledger.indexer.scene;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;

/** The logs of AccountLedger as the contract would write them, encoded by web3j: a second opinion on our decoding. */
public final class LedgerLogs {
  /** A log without its place. */
  public record Draft(List<String> topics, String data) {
    public Draft {
      topics = List.copyOf(topics);
    }
  }

  private LedgerLogs() {}

  public static Draft deposit(WalletAddress owner, WalletAddress payer, Neuron amount) {
    return log("Deposit(address,address,uint256)", List.of(owner, payer), uint(amount.value()));
  }

  public static Draft transfer(WalletAddress owner, WalletAddress provider, String service, boolean toProvider,
      Neuron amount, Neuron cancelled) {
    return log("Transfer(address,address,string,bool,uint256,uint256)", List.of(owner, provider),
        new Utf8String(service), new Bool(toProvider), uint(amount.value()), uint(cancelled.value()));
  }

  public static Draft refundRequested(WalletAddress owner, WalletAddress provider, String service, Neuron amount,
      long unlocksAt) {
    return log("RefundRequested(address,address,string,uint256,uint256)", List.of(owner, provider),
        new Utf8String(service), uint(amount.value()), uint(BigInteger.valueOf(unlocksAt)));
  }

  public static Draft settled(WalletAddress owner, WalletAddress provider, String service, Neuron asked, Neuron amount,
      int status, BigInteger nonce) {
    return log("Settled(address,address,string,uint256,uint256,uint8,uint256)", List.of(owner, provider),
        new Utf8String(service), uint(asked.value()), uint(amount.value()), new Uint8(status), uint(nonce));
  }

  /** Rejected: nothing taken, number 1, under a name that may be no text. */
  public static Draft settled(WalletAddress owner, WalletAddress provider, byte[] service, Neuron asked, int status) {
    return log("Settled(address,address,string,uint256,uint256,uint8,uint256)", List.of(owner, provider),
        new DynamicBytes(service), uint(asked.value()), uint(BigInteger.ZERO), new Uint8(status), uint(BigInteger.ONE));
  }

  public static Draft withdraw(WalletAddress owner, Neuron amount) {
    return log("Withdraw(address,uint256)", List.of(owner), uint(amount.value()));
  }

  public static Draft subAccountClosed(WalletAddress owner, WalletAddress provider, String service) {
    return log("SubAccountClosed(address,address,string)", List.of(owner, provider), new Utf8String(service));
  }

  public static Draft ledgerClosed(WalletAddress owner) {
    return log("LedgerClosed(address)", List.of(owner));
  }

  public static Draft lockPeriodSet(String service, BigInteger seconds) {
    return log("LockPeriodSet(string,uint256)", List.of(), new Utf8String(service), uint(seconds));
  }

  public static Draft serviceRegistered(String service, BigInteger seconds) {
    return log("ServiceRegistered(string,uint256)", List.of(), new Utf8String(service), uint(seconds));
  }

  public static Draft providerAcknowledged(WalletAddress owner, WalletAddress provider, String service, boolean yes) {
    return log("ProviderAcknowledged(address,address,string,bool)", List.of(owner, provider), new Utf8String(service),
        new Bool(yes));
  }

  /** A service name that is not text at all. */
  public static Draft subAccountClosed(WalletAddress owner, WalletAddress provider, byte[] service) {
    return log("SubAccountClosed(address,address,string)", List.of(owner, provider), new DynamicBytes(service));
  }

  private static Uint256 uint(BigInteger value) {
    return new Uint256(value);
  }

  @SuppressWarnings("rawtypes")   // web3j's own signature
  private static Draft log(String signature, List<WalletAddress> indexed, Type<?>... data) {
    List<String> topics = new ArrayList<>();
    topics.add(EventEncoder.buildEventSignature(signature));
    indexed.forEach(address -> topics.add("0x" + TypeEncoder.encode(new Address(address.value()))));
    List<Type> arguments = List.of(data);
    return new Draft(topics, "0x" + FunctionEncoder.encodeConstructor(arguments));
  }
}
