package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedNet.Layer;
import dev.lanewise.runtime.data.Field;
import dev.lanewise.runtime.operation.Given;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is drawn of a network: a box for each layer, or for all of a block; an arrow for each reading, with the shape that passes; frames
 * around the boxes of a block that is open.
 *
 * @param boxes in the order of the layers: arrows go from lower numbers to higher ones
 * @param frames outer ones before those in them
 */
record Drawing(String title, List<Box> boxes, List<Arrow> arrows, List<Frame> frames) {
  /** What a box stands for. */
  enum Kind {
    END,
    LAYER,
    TRAINED,
    BLOCK,
    SEVERAL
  }

  /** @param detail its name, where that says more than the call, and the number of parameters; empty where there is nothing to say */
  record Box(String title, String detail, Kind kind) {}

  /** From one box to another, by their numbers. */
  record Arrow(int from, int to, String shape) {}

  /** Around boxes that stand one after the other, by their numbers. */
  record Frame(String title, int first, int last) {}

  /** @param depth so many blocks inside each other are open */
  static Drawing of(CheckedNet net, int depth) {
    return new Making(net).draw(depth);
  }

  /** A drawing while it is made. */
  private static final class Making {
    private final CheckedNet net;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final Map<List<Integer>, Arrow> arrows = new LinkedHashMap<>();
    /** The box in which a value is made. */
    private final int[] box;

    Making(CheckedNet net) {
      this.net = net;
      this.box = new int[net.layers().size() + 1];
    }

    Drawing draw(int depth) {
      boxes.add(new Box("input", net.first().name(), Kind.END));
      add(Parts.of(net), depth);
      for (int v = 1; v < box.length; v++) {
        for (int read : seen(net.layers().get(v - 1))) {
          arrow(read, box[v]);
        }
      }
      boxes.add(new Box("output", "", Kind.END));
      arrow(net.result(), boxes.size() - 1);
      for (CheckedNet.Head head : net.heads()) {
        boxes.add(new Box(head.name(), "head", Kind.END));
        arrow(head.value(), boxes.size() - 1);
      }
      String title = String.format(Locale.ROOT, "%s: %s -> %s, %,d parameters", net.name(), net.takes(), net.output(), net.parameters());
      return new Drawing(title, boxes, List.copyOf(arrows.values()), frames);
    }

    private void add(List<Parts.Part> parts, int depth) {
      for (Parts.Part part : parts) {
        switch (part) {
          case Parts.Single(int value) -> {
            box[value] = boxes.size();
            boxes.add(layer(net.layers().get(value - 1)));
          }
          case Parts.Group group when depth > 0 || group.use().isTurn() -> open(group, depth);
          case Parts.Group group -> {
            Arrays.fill(box, group.first(), group.last() + 1, boxes.size());
            boxes.add(new Box(title(group), detail(name(group), parameters(group)), group.times() > 1 ? Kind.SEVERAL : Kind.BLOCK));
          }
        }
      }
    }

    /** The boxes of the first time, for all times. */
    private void open(Parts.Group group, int depth) {
      int frame = frames.size();
      int first = boxes.size();
      frames.add(null);
      add(group.parts(), group.use().isTurn() ? depth : depth - 1);
      for (int v = group.first() + group.size(); v <= group.last(); v++) {
        box[v] = box[v - group.size()];
      }
      String label = isLabelled(group.use().name(), group.use().call()) ? last(group.use().name()) + ": " : "";
      frames.set(frame, new Frame(detail(label + title(group), parameters(group)), first, boxes.size() - 1));
    }

    /** Arrows within a box, and from one time of a group to the next, are not drawn. */
    private void arrow(int value, int to) {
      if (box[value] < to) {
        arrows.putIfAbsent(List.of(box[value], to), new Arrow(box[value], to, shape(value)));
      }
    }

    /** What a layer computes with. Whole numbers that it reads besides tell it only which places are padding. */
    private List<Integer> seen(Layer layer) {
      return IntStream.range(0, layer.inputs().size()).filter(i -> i == 0 || !isWhole(layer.inputs().get(i))).mapToObj(layer.inputs()::get).toList();
    }

    private boolean isWhole(int value) {
      return value == 0 ? net.first().isWhole() : net.layers().get(value - 1).computation() instanceof Given(var _, int bound, var _) && bound > 0;
    }

    private String shape(int value) {
      return value == 0
          ? net.first().kind()
          : net.layers().get(value - 1).computation() instanceof Given(var shape, int bound, boolean padded)
              ? new Field("", shape, bound, padded).kind()
              : net.layers().get(value - 1).output().toString();
    }

    private static Box layer(Layer layer) {
      if (layer.computation() instanceof Given) {
        return new Box("input", layer.name(), Kind.END);
      }
      String call = layer.call().replace(" { … }", "");
      boolean named = layer.parameters() > 0 || isLabelled(layer.name(), call);
      return new Box(call, detail(named ? last(layer.name()) : "", layer.parameters()), layer.parameters() > 0 ? Kind.TRAINED : Kind.LAYER);
    }

    private static String title(Parts.Group group) {
      return group.use().call() + (group.times() > 1 ? " × " + group.times() : "");
    }

    /** {@code res1}, or of several {@code res1 … res4}. */
    private String name(Parts.Group group) {
      int depth = net.layers().get(group.first() - 1).within().indexOf(group.use());
      String end = last(net.layers().get(group.last() - 1).within().get(depth).name());
      return group.times() > 1 && !end.isEmpty() ? last(group.use().name()) + " … " + end : last(group.use().name());
    }

    private long parameters(Parts.Group group) {
      return IntStream.rangeClosed(group.first(), group.last()).mapToLong(v -> net.layers().get(v - 1).parameters()).sum();
    }

    private static String detail(String name, long parameters) {
      String count = parameters == 0 ? "" : String.format(Locale.ROOT, "%,d parameters", parameters);
      return name.isEmpty() || count.isEmpty() ? name + count : name + ", " + count;
    }

    /** Whether a name is not only made of the kind and a number. */
    private static boolean isLabelled(String name, String call) {
      return !name.isEmpty() && !last(name).replaceAll("\\d+$", "").equals(last(call.replaceAll("\\(.*", "")));
    }

    /** The name within the block. */
    private static String last(String name) {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }
}
