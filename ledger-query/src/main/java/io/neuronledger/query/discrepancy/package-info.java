/**
 * What does not agree, and what did people say of it? Chain facts that broke a rule come in as events; differences
 * between settlements and usage are read off what is matched. One list goes out.
 */
@NullMarked
package io.neuronledger.query.discrepancy;

import org.jspecify.annotations.NullMarked;
