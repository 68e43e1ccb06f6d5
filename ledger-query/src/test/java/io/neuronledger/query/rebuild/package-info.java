/** Rebuilds: equal content, under load, and interrupted at any point. */
@NullMarked
package io.neuronledger.query.rebuild;

import org.jspecify.annotations.NullMarked;
