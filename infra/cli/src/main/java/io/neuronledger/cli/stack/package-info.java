/**
 * The embedded stack: PostgreSQL, Kafka, a dev chain where none is given, and the three services as three application
 * contexts in this JVM, until it is closed.
 */
@NullMarked
package io.neuronledger.cli.stack;

import org.jspecify.annotations.NullMarked;
