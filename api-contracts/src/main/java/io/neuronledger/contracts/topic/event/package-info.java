/** The topics of numbered CloudEvents, which subscribers read. */
@NullMarked
package io.neuronledger.contracts.topic.event;

import org.jspecify.annotations.NullMarked;
