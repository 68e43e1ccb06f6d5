package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;

/** Encodes function calls: selector and arguments. */
final class FunctionCall {
  private FunctionCall() {}

  static String encode(String function, Type<?>... arguments) {
    return FunctionEncoder.encode(new Function(function, List.of(arguments), List.of()));
  }

  static Address address(WalletAddress address) {
    return new Address(address.toString());
  }

  static Utf8String string(ServiceName service) {
    return new Utf8String(service.value());
  }

  static Uint256 uint(Neuron amount) {
    return uint(amount.value());
  }

  static Uint256 uint(BigInteger value) {
    return new Uint256(value);
  }
}
