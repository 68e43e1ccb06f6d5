/** The documents of a service, served by itself: its operations, a page that shows them, and each problem. */
@NullMarked
package io.neuronledger.foundation.access.document;

import org.jspecify.annotations.NullMarked;
