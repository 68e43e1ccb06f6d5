@NullMarked
package io.neuronledger.command.account;

import org.jspecify.annotations.NullMarked;
