package io.neuronledger.query.scene;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import tools.jackson.databind.JsonNode;

/** How much the database reads for an answer, as its own plans count it. */
public final class Plans {
  private Plans() {}

  /** Collects the statements with their values in place, so that they can be explained. */
  public static <T> T recording(DSLContext db, List<String> statements, Function<DSLContext, T> asking) {
    return asking.apply(DSL.using(db.configuration().derive(new DefaultExecuteListenerProvider(
        new ExecuteListener() {
          @Override
          public void renderEnd(ExecuteContext context) {
            Optional.ofNullable(context.query()).ifPresent(query -> statements.add(db.renderInlined(query)));
          }
        }))));
  }

  public static JsonNode of(DSLContext db, String statement) {
    String plan = String.valueOf(db.fetchValue("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + statement));
    return QueryFixture.JSON.readTree(plan).get(0).path("Plan");
  }

  /** How many rows the plan's scans have touched, those that a filter threw away too. */
  public static long rowsRead(DSLContext db, String statement) {
    return scanned(of(db, statement));
  }

  private static long scanned(JsonNode node) {
    long rows = 0;
    if (node.path("Node Type").asString().contains("Scan")) {
      double loops = node.path("Actual Loops").asDouble();
      rows += Math.round(loops * (node.path("Actual Rows").asDouble()
          + node.path("Rows Removed by Filter").asDouble(0)));
    }
    for (JsonNode child : node.path("Plans").values()) {
      rows += scanned(child);
    }
    return rows;
  }
}
