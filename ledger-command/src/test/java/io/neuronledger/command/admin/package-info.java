@NullMarked
package io.neuronledger.command.admin;

import org.jspecify.annotations.NullMarked;
