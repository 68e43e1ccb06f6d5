package io.neuronledger.foundation.evm;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

/** Encodes one tuple of values by the ABI, with web3j's encoder. */
public final class AbiWriter {
  private final List<Type<?>> values = new ArrayList<>();
  private boolean dynamic;

  public AbiWriter uint(BigInteger value) {
    return add(new Uint256(value));
  }

  public AbiWriter uint(long value) {
    return uint(BigInteger.valueOf(value));
  }

  public AbiWriter neuron(Neuron value) {
    return uint(value.value());
  }

  public AbiWriter bool(boolean value) {
    return add(new Bool(value));
  }

  public AbiWriter address(WalletAddress value) {
    return add(new Address(value.value()));
  }

  /** As a value of type bytes32. */
  public AbiWriter hash(Hash value) {
    return add(new Bytes32(HexData.toBytes(value.value())));
  }

  public AbiWriter string(String value) {
    return addDynamic(new Utf8String(value));
  }

  public AbiWriter bytes(byte[] value) {
    return addDynamic(new DynamicBytes(value));
  }

  /** A tuple with at least one value of variable length. */
  public AbiWriter tuple(AbiWriter tuple) {
    return addDynamic(tuple.dynamicTuple());
  }

  /** A list of tuples; a tuple of one value is that value. */
  public AbiWriter list(List<AbiWriter> elements) {
    return addDynamic(elements.stream().anyMatch(element -> element.dynamic)
        ? new DynamicArray<>(DynamicStruct.class, elements.stream().map(AbiWriter::dynamicTuple).toList())
        : new DynamicArray<>(StaticStruct.class, elements.stream().map(AbiWriter::staticTuple).toList()));
  }

  /** {@code 0x} and the tuple: a log's data, a view's answer; of one address or number also a topic. */
  public String data() {
    return "0x" + this;
  }

  /** A call's input: the function's selector, and the tuple as its arguments. */
  public String call(String signature) {
    return Signature.selector(signature) + this;
  }

  /** Hex digits without {@code 0x}. */
  @Override
  public String toString() {
    return FunctionEncoder.encodeConstructor(List.copyOf(values));
  }

  private DynamicStruct dynamicTuple() {
    return new DynamicStruct(List.copyOf(values));
  }

  private StaticStruct staticTuple() {
    return new StaticStruct(List.copyOf(values));
  }

  private AbiWriter addDynamic(Type<?> value) {
    dynamic = true;
    return add(value);
  }

  private AbiWriter add(Type<?> value) {
    values.add(value);
    return this;
  }
}
