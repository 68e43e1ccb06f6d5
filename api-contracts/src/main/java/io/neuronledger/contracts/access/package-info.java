/** What the access log says: the records of its topic, and the page of the API that shows them. */
@NullMarked
package io.neuronledger.contracts.access;

import org.jspecify.annotations.NullMarked;
