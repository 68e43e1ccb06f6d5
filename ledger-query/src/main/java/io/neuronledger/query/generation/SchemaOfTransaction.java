package io.neuronledger.query.generation;

import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TransactionContext;
import org.jooq.TransactionListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/**
 * Sets the schema at the start of every transaction. Outside of a transaction there is none, and every statement on the
 * read model's tables fails.
 *
 * <p>A separate statement sets the schema, because the driver then discards statements prepared for another schema.
 */
final class SchemaOfTransaction implements TransactionListener {
  private final Function<DSLContext, String> schema;

  private SchemaOfTransaction(Function<DSLContext, String> schema) {
    this.schema = schema;
  }

  /** @param schema called in each transaction, before any other statement */
  static DSLContext on(DataSource pool, Function<DSLContext, String> schema) {
    return DSL.using(new DefaultConfiguration().set(pool).set(SQLDialect.POSTGRES)
        .set(new SchemaOfTransaction(schema)));
  }

  @Override
  public void beginEnd(TransactionContext context) {
    DSLContext db = context.dsl();
    db.execute("SET LOCAL search_path TO " + quoted(schema.apply(db)));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
