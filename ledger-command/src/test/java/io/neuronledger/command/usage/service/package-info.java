@NullMarked
package io.neuronledger.command.usage.service;

import org.jspecify.annotations.NullMarked;
