@NullMarked
package io.neuronledger.query.export.table;

import org.jspecify.annotations.NullMarked;
