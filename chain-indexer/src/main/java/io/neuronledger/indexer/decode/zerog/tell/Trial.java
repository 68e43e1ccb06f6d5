package io.neuronledger.indexer.decode.zerog.tell;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockMaterial;
import io.neuronledger.indexer.decode.zerog.books.Amendments;
import io.neuronledger.indexer.decode.zerog.books.Books;
import io.neuronledger.indexer.decode.zerog.books.Notebook;
import io.neuronledger.indexer.decode.zerog.fold.Arrival;
import io.neuronledger.indexer.decode.zerog.fold.CodeCheck;
import io.neuronledger.indexer.decode.zerog.fold.Fold;
import io.neuronledger.indexer.decode.zerog.fold.Shortfalls;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An interval told to nobody: to see what comes out.
 *
 * @param books as they would be behind it
 * @param shortfalls what would go below zero in it
 * @param untraced the blocks in which somebody may have called the contracts unseen
 * @param touched whether a call to one of the contracts, or a log of theirs, was seen
 */
record Trial(Books books, Shortfalls shortfalls, SortedSet<Long> untraced, boolean touched) {
  static Trial of(Interval interval, Books before, Amendments amendments, WalletAddress manager, BlockActs acts,
      CodeCheck codeCheck) {
    Books books = new Books(Notebook.over(before.notes()));
    books.amendments(amendments);
    Shortfalls shortfalls = new Shortfalls();
    SortedSet<Long> untraced = new TreeSet<>();
    boolean touched = false;
    for (BlockMaterial block : interval.blocks()) {
      Map<WalletAddress, Arrival> arrivals = interval.arrivals(block);
      BlockActs.Told told = acts.of(block, Emitters.followed(manager, books, arrivals), books);
      Fold fold = new Fold(manager, books, block.header().ref(), arrivals, codeCheck, shortfalls);
      fold.transactions(told.transactions());
      fold.end();
      touched |= fold.touched();
      if (told.open()) {
        untraced.add(block.header().number());
      }
    }
    return new Trial(books, shortfalls, untraced, touched);
  }
}
