/** The commands about one owner's account: would it be served, and until when. */
@NullMarked
package io.neuronledger.cli.operate.account;

import org.jspecify.annotations.NullMarked;
