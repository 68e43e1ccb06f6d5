package io.neuronledger.query.price;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.price.PriceView;
import io.neuronledger.contracts.view.price.PricesPage;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.query.request.Page;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
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
      WHERE price IS NOT NULL AND ({5}::text[] IS NULL OR model = ANY ({5}::text[]))
      ORDER BY provider, service""";
  /** {0} the answer's block; {1} to {3} provider, service and time of each row. */
  private static final String AT_TIMES = """
      SELECT asked.provider, asked.service, newest.block, newest.block_time, newest.price::text AS price
      FROM unnest({1}::bytea[], {2}::text[], {3}::timestamptz[]) WITH ORDINALITY AS asked (provider, service, time, nth)
      LEFT JOIN LATERAL (
          SELECT block, block_time, price FROM service_price
          WHERE service_price.provider = asked.provider AND service_price.service = asked.service
            AND block <= {0} AND block_time <= asked.time
          ORDER BY block DESC LIMIT 1) AS newest ON true
      ORDER BY nth""";

  PricesPage page(PriceFilter filter, Page page, AsOf asOf, DSLContext db) {
    Optional<List<String>> after = page.after(PRICES, 2);
    List<Record> rows = rows(filter, filter.model().map(List::of), after, " LIMIT " + (page.limit() + 1), asOf, db);
    List<PriceView> shown = rows.stream().limit(page.limit()).map(PriceQueries::view).toList();
    boolean hasMore = rows.size() > page.limit();
    return new PricesPage(asOf, shown, hasMore, hasMore ? Optional.of(Page.cursor(PRICES,
        shown.getLast().provider().value(), shown.getLast().service().value())) : Optional.empty());
  }

  /** All prices for any of the models. */
  List<PriceView> of(Collection<ModelName> models, AsOf asOf, DSLContext db) {
    PriceFilter all = new PriceFilter(Optional.empty(), Optional.empty(), Optional.empty());
    return rows(all, Optional.of(models), Optional.empty(), "", asOf, db).stream().map(PriceQueries::view).toList();
  }

  /** The price in force when each request was completed, in their order; empty where the provider had none. */
  static List<Optional<PriceView>> atCompletion(List<UsageEntry> requests, AsOf asOf, DSLContext db) {
    return db.resultQuery(AT_TIMES, val(asOf.block()),
            val(requests.stream().map(each -> each.provider().bytes()).toArray(byte[][]::new)),
            val(requests.stream().map(each -> each.service().value()).toArray(String[]::new)),
            val(requests.stream().map(each -> each.when().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new)))
        .fetch(row -> Optional.of(row).filter(each -> each.get("price") != null).map(PriceQueries::view));
  }

  private static List<Record> rows(PriceFilter filter, Optional<Collection<ModelName>> models,
      Optional<List<String>> after, String limit, AsOf asOf, DSLContext db) {
    return List.copyOf(db.resultQuery(IN_FORCE + limit, val(asOf.block()),
        val(after.map(parts -> Page.address(parts.getFirst()).bytes()).orElse(new byte[0])),
        val(after.map(List::getLast).orElse("")), val(filter.provider().map(WalletAddress::bytes).orElse(null)),
        val(filter.service().map(ServiceName::value).orElse(null)),
        val(models.map(each -> each.stream().map(ModelName::value).toArray(String[]::new)).orElse(null))).fetch());
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
