/**
 * PostgreSQL and Kafka as in production, on this machine: for the local stack, tests and benchmarks. Input is a data
 * folder, output an address.
 */
@NullMarked
package io.neuronledger.testkit.servers;

import org.jspecify.annotations.NullMarked;
