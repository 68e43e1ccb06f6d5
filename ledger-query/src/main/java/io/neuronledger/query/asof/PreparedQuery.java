package io.neuronledger.query.asof;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/**
 * A query whose text is made once. It is for what nearly every answer about an owner asks: there, making the text takes
 * longer than executing it.
 */
public final class PreparedQuery {
  private static final String PREFIX = "@";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\w+)");
  private static final DSLContext TEXTS = DSL.using(SQLDialect.POSTGRES,
      new Settings().withRenderNamedParamPrefix(PREFIX));

  private final String text;
  private final List<Param<?>> parameters;
  private final Field<?>[] fields;

  /** @param query each of its parameters has a name; their values are not used */
  public PreparedQuery(Select<?> query) {
    String named = TEXTS.renderNamedParams(query);
    Map<String, Param<?>> byName = TEXTS.extractParams(query);
    this.text = NAME.matcher(named).replaceAll("?");
    this.parameters = NAME.matcher(named).results()
        .<Param<?>>map(found -> Objects.requireNonNull(byName.get(found.group(1)))).toList();
    this.fields = query.fields();
  }

  /** @param values the value of each parameter, by name */
  public Result<Record> fetch(DSLContext db, Map<String, ?> values) {
    return db.connectionResult(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(text)) {
        for (int i = 0; i < parameters.size(); i++) {
          Param<?> parameter = parameters.get(i);
          set(statement, i + 1, parameter.getDataType(), Objects.requireNonNull(values.get(parameter.getParamName())));
        }
        try (ResultSet rows = statement.executeQuery()) {
          return db.fetch(rows, fields);
        }
      }
    });
  }

  private static <T> void set(PreparedStatement statement, int index, DataType<T> type, Object value)
      throws SQLException {
    Object stored = type.getConverter().to(type.getType().cast(value));
    statement.setObject(index, stored instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : stored);
  }
}
