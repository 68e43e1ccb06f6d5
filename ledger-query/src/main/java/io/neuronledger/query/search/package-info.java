/** What has this name? Input: any text. Output: where the API answers with what the text names, exactly. */
@NullMarked
package io.neuronledger.query.search;

import org.jspecify.annotations.NullMarked;
