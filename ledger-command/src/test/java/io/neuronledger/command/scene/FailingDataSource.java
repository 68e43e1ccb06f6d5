package io.neuronledger.command.scene;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database that goes away at the n-th thing asked of it: before it has done it or, if asked so, right after, when the
 * answer is lost. A commit whose answer is lost has happened.
 */
public final class FailingDataSource extends DelegatingDataSource {
  private static final Set<String> COUNTED = Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "commit");

  private final boolean afterwards;
  private int untilFailure = Integer.MAX_VALUE;

  public FailingDataSource(DataSource target, boolean afterwards) {
    super(target);
    this.afterwards = afterwards;
  }

  /** @param n 1 is the next */
  public void failAt(int n) {
    untilFailure = n;
  }

  /** Whether the failure has come. */
  public boolean hasFailed() {
    return untilFailure <= 0;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return proxy(Connection.class, super.getConnection());
  }

  private <T> T proxy(Class<T> type, T target) {
    InvocationHandler handler = (_, method, arguments) -> invoke(target, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    boolean fails = COUNTED.contains(method.getName()) && --untilFailure == 0;
    if (fails && !afterwards) {
      throw new SQLException("the database is gone", "08006");
    }
    try {
      Object result = method.invoke(target, arguments);
      if (fails) {
        throw new SQLException("the database is gone, the outcome unknown", "08006");
      }
      return result instanceof PreparedStatement statement ? proxy(PreparedStatement.class, statement) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
