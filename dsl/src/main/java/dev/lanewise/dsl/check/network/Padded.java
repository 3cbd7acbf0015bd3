package dev.lanewise.dsl.check.network;

import dev.lanewise.runtime.layer.EachPlace;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Initialized;
import dev.lanewise.runtime.operation.Padding;
import dev.lanewise.runtime.operation.PaddingAware;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A layer among sequences some of whose places are padding. What works at each place by itself does not mind. What knows of padding is handed the tokens
 * that its sequence was made of. To all else padding is 0; what it makes has no places any more that could be told apart.
 *
 * @param inputs the numbers of the values that it reads, with the tokens, if it reads them
 * @param tokens those that tell what is padding in the value that it makes
 * @param blind whether it does not know of padding, and makes a sequence
 * @param counts whether it does not know of padding, and takes means in which that counts
 */
record Padded(Computation computation, List<Integer> inputs, OptionalInt tokens, boolean blind, boolean counts) {
  /** Nothing that is to be told. */
  private Padded(Computation computation, List<Integer> inputs, OptionalInt tokens) {
    this(computation, inputs, tokens, false, false);
  }

  static Padded of(Growing net, Computation computation, List<Integer> inputs) {
    OptionalInt tokens = inputs.stream().map(net::tokens).filter(OptionalInt::isPresent).findFirst().orElse(OptionalInt.empty());
    if (tokens.isEmpty()) {
      return new Padded(PaddingAware.plain(computation), inputs, tokens);
    }
    int length = net.whole(tokens.getAsInt()).size();
    Shape made = computation.outputs().getFirst().shape();
    OptionalInt kept = made.isSequence() && made.dim(1) == length ? tokens : OptionalInt.empty();
    if (net.bound(inputs.getFirst()) > 0 && inputs.size() == 1) {
      return new Padded(computation, inputs, kept);
    }
    if (computation instanceof PaddingAware(var of, int sequence, var padded)) {
      OptionalInt looked = net.tokens(inputs.get(sequence));
      return looked.isEmpty() ? new Padded(of, inputs, kept) : new Padded(padded, with(inputs, looked.getAsInt()), net.tokens(inputs.getFirst()).isPresent() ? kept : OptionalInt.empty());
    }
    if (computation instanceof EachPlace || inputs.size() > 1 && kept.isPresent() || Padding.keepsPlaces(computation, length)) {
      return new Padded(computation, inputs, kept);
    }
    boolean flat = Initialized.plain(computation) instanceof Reshape;
    return new Padded(Padding.zeroed(computation, length), with(inputs, tokens.getAsInt()), flat ? OptionalInt.empty() : kept, !flat && kept.isEmpty() && made.isSequence(),
        kept.isPresent() && Padding.counts(computation, length));
  }

  private static List<Integer> with(List<Integer> inputs, int tokens) {
    List<Integer> all = new ArrayList<>(inputs);
    all.add(tokens);
    return all;
  }
}
