/** Reads the access log of all services from its topic, and verifies what it reads. Nothing of it is stored here. */
@NullMarked
package io.neuronledger.query.accesslog;

import org.jspecify.annotations.NullMarked;
