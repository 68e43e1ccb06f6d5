/** How the access log is read. */
@NullMarked
package io.neuronledger.query.accesslog;

import org.jspecify.annotations.NullMarked;
