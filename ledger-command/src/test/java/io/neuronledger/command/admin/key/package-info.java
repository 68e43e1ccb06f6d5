@NullMarked
package io.neuronledger.command.admin.key;

import org.jspecify.annotations.NullMarked;
