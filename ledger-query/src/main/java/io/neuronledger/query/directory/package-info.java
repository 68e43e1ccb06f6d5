/**
 * What is there? All owners with their balances, as of a block that every partition has sealed, and all providers,
 * services and models.
 */
@NullMarked
package io.neuronledger.query.directory;

import org.jspecify.annotations.NullMarked;
