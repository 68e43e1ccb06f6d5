package io.neuronledger.local.stack;

/** Observes the start of a stack. What a method throws ends the start; what has started by then is stopped again. */
public interface StartObserver {
  /** Lets the start take its course. */
  StartObserver NONE = new StartObserver() {};

  /** The data folder is locked; nothing has started yet. */
  default void locked() {}

  /** The next server or service is about to start. */
  default void next() {}
}
