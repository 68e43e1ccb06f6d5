/** A second read model beside the live one: by content, under load, cut off at any point. */
@NullMarked
package io.neuronledger.query.rebuild;

import org.jspecify.annotations.NullMarked;
