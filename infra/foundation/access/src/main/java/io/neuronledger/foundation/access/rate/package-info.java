/** How many requests may a caller send? Token buckets per caller, in this instance or shared by all instances. */
@NullMarked
package io.neuronledger.foundation.access.rate;

import org.jspecify.annotations.NullMarked;
