/** What happened to an owner's money, line by line? Account events come in; the journal goes out, newest first. */
@NullMarked
package io.neuronledger.query.audit;

import org.jspecify.annotations.NullMarked;
