package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedNet.Layer;
import dev.lanewise.dsl.language.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is drawn of a network: a box for each value, with what makes it and its parameters, and an arrow for each
 * reading, with the shape that passes.
 */
record Drawing(String title, List<Box> boxes, List<Arrow> arrows) {
  /** @param detail the call and the number of parameters; empty where there is nothing to say */
  record Box(String name, String detail, boolean hasParameters) {}

  /** From one box to another, by their numbers. */
  record Arrow(int from, int to, String shape) {}

  /** @param phrases in which its words are said */
  static Drawing of(CheckedNet net, Phrases phrases) {
    List<Box> boxes = new ArrayList<>();
    List<Arrow> arrows = new ArrayList<>();
    boxes.add(new Box(phrases.say("input"), "", false));
    for (Layer layer : net.layers()) {
      boxes.add(new Box(layer.name(), detail(layer, phrases), layer.parameters() > 0));
      for (int value : layer.inputs()) {
        arrows.add(new Arrow(value, boxes.size() - 1, shape(net, value)));
      }
    }
    boxes.add(new Box(phrases.say("output"), "", false));
    arrows.add(new Arrow(net.result(), boxes.size() - 1, net.output().toString()));
    for (CheckedNet.Head head : net.heads()) {
      boxes.add(new Box(head.name(), phrases.say("head"), false));
      arrows.add(new Arrow(head.value(), boxes.size() - 1, shape(net, head.value())));
    }
    String title = String.format(Locale.ROOT, "%s: %s -> %s, %,d parameters", net.name(), net.takes(), net.output(), net.parameters());
    return new Drawing(phrases.say(title), boxes, arrows);
  }

  private static String shape(CheckedNet net, int value) {
    return value == 0 ? net.first().kind() : net.layers().get(value - 1).output().toString();
  }

  private static String detail(Layer layer, Phrases phrases) {
    // Where the name says all, as in relu1, the call adds nothing.
    String call = layer.name().replaceAll(".*\\.", "").replaceAll("\\d+$", "").equals(layer.call()) ? "" : layer.call();
    String parameters = layer.parameters() == 0 ? "" : phrases.say(String.format(Locale.ROOT, "%,d parameters", layer.parameters()));
    return call.isEmpty() || parameters.isEmpty() ? call + parameters : call + ", " + parameters;
  }
}
