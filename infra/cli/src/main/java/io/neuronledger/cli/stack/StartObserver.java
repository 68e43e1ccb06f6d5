package io.neuronledger.cli.stack;

/** Observes the start of a stack. An exception from a method aborts the start and stops what has been started. */
public interface StartObserver {
  /** Does nothing. */
  StartObserver NONE = new StartObserver() {};

  /** Called when the data folder is locked, before anything is started. */
  default void locked() {}

  /** Called before each server or service is started. */
  default void next() {}
}
