package io.neuronledger.testkit.devchain.pool;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.Quantity;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.transaction.Call;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the calls and the views of both contracts have in common. */
record PoolContract(Transactions transactions, WalletAddress address) {
  private static final int PAGE = 200;

  Call call(String signature, AbiWriter arguments) {
    return paying(Neuron.ZERO, signature, arguments);
  }

  Call paying(Neuron amount, String signature, AbiWriter arguments) {
    return new Call(address, amount, arguments.call(signature));
  }

  AbiReader view(BlockRef block, String signature, AbiWriter arguments) {
    return AbiReader.ofData(transactions.simulate(WalletAddress.ZERO, call(signature, arguments), block));
  }

  Neuron coins(BlockRef block) {
    return new Neuron(Quantity.toBigInteger(
        transactions.rpc().call("eth_getBalance", address.toString(), block.parameter()).asString()));
  }

  /** Page by page, so pin the block by number or hash where others send transactions. */
  Set<WalletAddress> owners(BlockRef block) {
    List<WalletAddress> owners = new ArrayList<>();
    int total;
    do {
      AbiReader page = view(block, "ownersPage(uint256,uint256)", new AbiWriter().uint(owners.size()).uint(PAGE));
      owners.addAll(page.list(AbiReader::address));
      total = page.integer();
    } while (owners.size() < total);
    return new TreeSet<>(owners);
  }
}
