/** What tests play with: a scripted chain, and the service on real servers. */
@NullMarked
package io.neuronledger.command.scene;

import org.jspecify.annotations.NullMarked;
