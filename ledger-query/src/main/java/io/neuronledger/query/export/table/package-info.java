/** Rows of a list as lines of text or as cells of a table. Input: the list's own records. */
@NullMarked
package io.neuronledger.query.export.table;

import org.jspecify.annotations.NullMarked;
