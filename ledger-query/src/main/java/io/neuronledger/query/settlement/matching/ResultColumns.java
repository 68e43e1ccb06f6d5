package io.neuronledger.query.settlement.matching;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads columns of the matching statements as values. */
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

  static Neuron neuron(ResultSet row, String column) throws SQLException {
    return new Neuron(row.getBigDecimal(column).toBigIntegerExact());
  }

  static NeuronSum sum(ResultSet row, String column) throws SQLException {
    return new NeuronSum(row.getBigDecimal(column).toBigIntegerExact());
  }

  /** @return empty if both columns are NULL */
  static Optional<RequestKey> request(ResultSet row, String when, String id) throws SQLException {
    OffsetDateTime at = row.getObject(when, OffsetDateTime.class);
    return at == null
        ? Optional.empty()
        : Optional.of(new RequestKey(at.toInstant(), new RequestId(row.getString(id))));
  }
}
