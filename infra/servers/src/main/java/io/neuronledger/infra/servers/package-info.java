/**
 * PostgreSQL and Kafka as they run in production, started inside this machine: for the local stack, for tests, for
 * benchmarks. In comes a data folder; out comes an address.
 */
@NullMarked
package io.neuronledger.infra.servers;

import org.jspecify.annotations.NullMarked;
