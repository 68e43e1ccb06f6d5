package io.neuronledger.query.price;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PricesPage;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.query.request.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The prices in force at a block. */
final class PriceQueries {
  private static final String PRICES = "prices1";
  /** {0} the answer's block, {1} provider and {2} service of the previous page's end, {3} to {5} the filter. */
  private static final String IN_FORCE = """
      SELECT provider::bytea AS provider, service, block, block_time, price::text AS price
      FROM (
          SELECT DISTINCT ON (provider, service) provider, service, block, block_time, model, price
          FROM service_price
          WHERE block <= {0} AND (provider, service) > ({1}::bytea, {2})
            AND ({3}::bytea IS NULL OR provider = {3}::bytea) AND ({4}::text IS NULL OR service = {4}::text)
          ORDER BY provider, service, block DESC) AS newest
      WHERE price IS NOT NULL AND ({5}::text IS NULL OR model = {5}::text)
      ORDER BY provider, service""";

  PricesPage page(PriceFilter filter, Page page, AsOf asOf, DSLContext db) {
    Optional<List<String>> after = page.after(PRICES, 2);
    List<Record> rows = rows(filter, after, " LIMIT " + (page.limit() + 1), asOf, db);
    List<PriceView> shown = rows.stream().limit(page.limit()).map(PriceQueries::view).toList();
    boolean hasMore = rows.size() > page.limit();
    return new PricesPage(asOf, shown, hasMore, hasMore ? Optional.of(Page.cursor(PRICES,
        shown.getLast().provider().value(), shown.getLast().service().value())) : Optional.empty());
  }

  /** All prices for a model. */
  List<PriceView> of(ModelName model, AsOf asOf, DSLContext db) {
    return rows(new PriceFilter(Optional.empty(), Optional.empty(), Optional.of(model)), Optional.empty(), "", asOf, db)
        .stream().map(PriceQueries::view).toList();
  }

  private static List<Record> rows(PriceFilter filter, Optional<List<String>> after, String limit, AsOf asOf,
      DSLContext db) {
    return List.copyOf(db.resultQuery(IN_FORCE + limit, val(asOf.block()),
        val(after.map(parts -> Page.address(parts.getFirst()).bytes()).orElse(new byte[0])),
        val(after.map(List::getLast).orElse("")), val(filter.provider().map(WalletAddress::bytes).orElse(null)),
        val(filter.service().map(ServiceName::value).orElse(null)),
        val(filter.model().map(ModelName::value).orElse(null))).fetch());
  }

  private static PriceView view(Record row) {
    ServicePrice price = TopicJson.MAPPER.readValue(row.get("price", String.class), ServicePrice.class);
    PriceTerms terms = PriceTerms.of(price);
    return new PriceView(WalletAddress.of(row.get("provider", byte[].class)),
        new ServiceName(row.get("service", String.class)), price.serviceType(), price.url(), price.model(),
        price.input(), price.output(), terms.cached(), terms.tiers(), terms.denomination(), terms.severalModels(),
        price.verifiability(), terms.state(), row.get("block", Long.class), row.get("block_time", Instant.class));
  }
}
