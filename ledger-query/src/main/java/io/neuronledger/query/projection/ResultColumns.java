package io.neuronledger.query.projection;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads columns of a statement as values; those of an identity by their names in every table. */
public final class ResultColumns {
  private ResultColumns() {}

  public static SubAccountId subAccount(ResultSet row) throws SQLException {
    return new SubAccountId(address(row, "owner"), address(row, "provider"), new ServiceName(row.getString("service")));
  }

  private static WalletAddress address(ResultSet row, String column) throws SQLException {
    return WalletAddress.of(row.getBytes(column));
  }

  public static ChainPosition position(ResultSet row) throws SQLException {
    return new ChainPosition(row.getLong("block"), row.getInt("transaction_index"), row.getInt("step"));
  }

  public static Neuron neuron(ResultSet row, String column) throws SQLException {
    return new Neuron(row.getBigDecimal(column).toBigIntegerExact());
  }

  public static NeuronSum sum(ResultSet row, String column) throws SQLException {
    return new NeuronSum(row.getBigDecimal(column).toBigIntegerExact());
  }
}
