package dev.lanewise.runtime.walk;

/** A number in an {@link Account}: one that is read, one that is made on the way, or one that stands in the operation itself. */
public sealed interface Quantity {
  double value();

  /**
   * An element of one of the operation's inputs.
   *
   * @param input which of them
   * @param element of that input, counted from 0, the last axis first
   */
  record Read(int input, int element, double value) implements Quantity {}

  /** What is computed before, by a formula of its own. @param name a word for it, such as {@code sum} */
  record Made(String name, Account account) implements Quantity {
    @Override
    public double value() {
      return account.value();
    }
  }

  /** What the operation itself makes, in a formula of its slope. */
  record Result(int element, double value) implements Quantity {}

  /** A number of the operation, such as the share that each value has in a mean. */
  record Fixed(double value) implements Quantity {}
}
