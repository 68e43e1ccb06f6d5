/** What a service needs of PostgreSQL: its database, and the two roles that may use it. */
@NullMarked
package io.neuronledger.testkit.servers.database;

import org.jspecify.annotations.NullMarked;
