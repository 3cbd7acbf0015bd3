package dev.lanewise.dsl.verb;

import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;

/**
 * A word that does something with what is named behind it: {@code test(Net, digits)}. This is its one definition. The checker binds
 * arguments to its signature; completion, hints, help and the reference of the language are made from it.
 *
 * <p>A verb that does different things with different arguments, such as {@code show}, is several of one name, a file each: no call fits
 * two of them.
 */
public interface Verb {
  /** Its name, one sentence of help, and its arguments with their kinds. */
  Signature signature();

  /** A line that uses it, of the names that {@link dev.lanewise.dsl.word.Verbs#EXAMPLES} binds. A test runs it; help and reference print it. */
  String example();

  /** What must hold of the arguments besides their kinds. */
  default List<Need> needs() {
    return List.of();
  }

  /** What a call will do; empty, and reported, if that cannot be. Reads no file and computes nothing. */
  Optional<Deed> check(Given given);
}
