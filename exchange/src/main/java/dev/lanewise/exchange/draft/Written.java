package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A draft as the text of a script.
 *
 * @param text definitions and the network
 * @param weights by their names in files
 */
public record Written(String text, Map<String, Step.Weight> weights) {
  private static final int WIDTH = 100;

  /** What the network tells. @param name empty for its own output */
  public record Output(String name, Step step) {}

  /** @param outputs the first is the network's own, others are heads */
  public static Written of(Draft draft, String net, List<Output> outputs) {
    return new Writing(draft, outputs).written(net);
  }

  /** Lines that are being written, so far in. */
  private static final class Lines {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final String indent;

    Lines(String indent) {
      this.indent = indent;
    }

    void flush() {
      if (!line.isEmpty()) {
        text.append(indent).append(line).append('\n');
        line.setLength(0);

      }
    }

    void line(String whole) {
      flush();
      line.append(whole);
      flush();
    }
  }

  private static final class Writing {
    private final Draft draft;
    private final List<Output> outputs;
    private final List<Step> steps;
    private final List<Item> items;
    private final Set<Step> read = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Step, String> labels = new IdentityHashMap<>();
    private final Map<String, Step.Weight> weights = new LinkedHashMap<>();
    private final Map<Item.Block, String> blocks = new LinkedHashMap<>();

    Writing(Draft draft, List<Output> outputs) {
      this.draft = draft;
      this.outputs = outputs;
      this.steps = draft.needed(outputs.stream().map(Output::step).toList());
      this.items = Structure.of(steps, outputs.stream().map(Output::step).toList());
      Step last = reads(items, null);
      outputs.stream().skip(1).forEach(o -> read.add(o.step()));
      if (outputs.getFirst().step() != last || outputs.size() > 1) {
        read.add(outputs.getFirst().step());
      }
    }

    /** Notes the steps that others read by a label. @return the value at hand behind */
    private Step reads(List<Item> all, Step start) {
      Step before = start;
      for (Item item : all) {
        switch (item) {
          case Item.Plain(Step step) -> {
            List<Step> inputs = turn(step, before);
            for (int i = 0; i < inputs.size(); i++) {
              if (i > 0 || inputs.getFirst() != before) {
                read.add(inputs.get(i));
              }
            }
          }
          case Item.Forked f -> {
            if (f.before() != before) {
              read.add(f.before());
            }
            f.paths().forEach(p -> reads(p, f.before()));
          }
          case Item.Use u -> {
            if (u.before() != before) {
              read.add(u.before());
            }
            reads(u.items(), u.before());
          }
        }
        before = item.last();
      }
      return before;
    }

    /** What a step reads; of a sum or product that is first which is at hand. */
    private static List<Step> turn(Step step, Step before) {
      List<Step> inputs = step.inputs();
      boolean turns = (step.kind().equals("add") || step.kind().equals("mul")) && inputs.contains(before) && inputs.getFirst() != before && Collections.frequency(inputs, before) == 1;
      if (!turns) {
        return inputs;
      }
      List<Step> turned = new ArrayList<>(inputs);
      turned.remove(before);
      turned.addFirst(before);
      return turned;
    }

    Written written(String net) {
      Lines lines = new Lines("  ");
      items(lines, items, null, new Labels(), "", List.of());
      lines.flush();
      Step last = items.getLast().last();
      for (int i = 1; i < outputs.size(); i++) {
        lines.line("head " + Labels.identifier(outputs.get(i).name()) + " { @" + labels.get(outputs.get(i).step()) + " }");
      }
      if (outputs.getFirst().step() != last || outputs.size() > 1) {
        lines.line("@" + labels.get(outputs.getFirst().step()));
      }
      String all = definitions() + blocks.values().stream().map(b -> b + "\n").collect(Collectors.joining());
      return new Written(all + "net " + net + " {\n" + lines.text + "}\n", weights);
    }

    private String definitions() {
      Set<String> words = new HashSet<>();
      steps.forEach(s -> words.addAll(words(s.call())));
      // What a definition calls stands before it.
      List.copyOf(draft.definitions().entrySet()).reversed().stream().filter(d -> words.contains(d.getKey())).forEach(d -> words.addAll(words(d.getValue())));
      String all = draft.definitions().entrySet().stream().filter(d -> words.contains(d.getKey())).map(d -> d.getValue().formatted(d.getKey()) + "\n").collect(Collectors.joining());
      return all.isEmpty() ? "" : all + "\n";
    }

    private static List<String> words(String text) {
      return Arrays.asList(text.split("[^\\p{L}\\p{Nd}_]+"));
    }

    /** @param prefix of the names of parameters @param inner names of the steps with weights, in their order */
    private void items(Lines lines, List<Item> all, Step start, Labels scope, String prefix, List<String> inner) {
      Step before = start;
      int weighted = 0;
      for (Item item : all) {
        switch (item) {
          case Item.Plain(Step step) when step.kind().equals("input") -> input(lines, step, scope);
          case Item.Plain(Step step) -> step(lines, step, before, scope, prefix, inner.isEmpty() ? "" : step.weights().isEmpty() ? "" : inner.get(weighted));
          case Item.Forked f -> fork(lines, f, before, scope, prefix, inner.isEmpty() ? inner : inner.subList(weighted, inner.size()));
          case Item.Use u -> use(lines, u, before, scope, prefix);
        }
        weighted += Structure.weighted(List.of(item)).size();
        before = item.last();
      }
    }

    private void input(Lines lines, Step step, Labels scope) {
      boolean several = steps.stream().filter(s -> s.kind().equals("input")).count() > 1;
      String name = scope.input(step.wish()).name();
      labels.put(step, name);
      lines.line((several || read.contains(step) ? name + ": " : "") + step.call());
    }

    private void step(Lines lines, Step step, Step before, Labels scope, String prefix, String inner) {
      List<Step> inputs = turn(step, before);
      String others = inputs.stream().skip(1).map(s -> "@" + labels.get(s)).collect(Collectors.joining(", "));
      Labels.Called called = called(step, scope, prefix, inner);
      String call = labelled(called, others.isEmpty() ? step.call() : step.call().contains("%s") ? step.call().formatted(others) : step.call() + "(" + others + ")");
      boolean breaks = lines.line.isEmpty() || !step.weights().isEmpty() && !step.kind().equals("batchnorm") || inputs.size() > 1 || called.isLabel()
          || lines.line.length() + call.length() > WIDTH;
      append(lines, call, inputs.getFirst() == before ? "" : labels.get(inputs.getFirst()), breaks);
      if (!step.note().isEmpty()) {
        lines.line.append("  # ").append(step.note());
        lines.flush();
      }
    }

    private static void append(Lines lines, String call, String from, boolean breaks) {
      if (breaks || !from.isEmpty()) {
        lines.flush();
        lines.line.append(from.isEmpty() ? "" : "@" + from + " -> ").append(call);
      } else {
        lines.line.append(" -> ").append(call);
      }
    }

    private Labels.Called called(Step step, Labels scope, String prefix, String inner) {
      String wish = !inner.isEmpty() ? inner : prefix.isEmpty() && !step.weights().isEmpty() ? step.wish() : "";
      Labels.Called called = scope.called(step.kind(), wish, read.contains(step));
      labels.put(step, called.name());
      step.weights().forEach(w -> weights.put(prefix + called.name() + "." + w.name(), w));
      return called;
    }

    /** Inside of `each` a label names the layer there. */
    private static String labelled(Labels.Called called, String call) {
      String each = "each { ";
      return !called.isLabel() ? call : call.startsWith(each) ? each + called.name() + ": " + call.substring(each.length()) : called.name() + ": " + call;
    }

    private void fork(Lines lines, Item.Forked f, Step before, Labels scope, String prefix, List<String> inner) {
      List<List<String>> paths = new ArrayList<>();
      int weighted = 0;
      for (List<Item> path : f.paths()) {
        Lines own = new Lines("");
        items(own, path, f.before(), scope, prefix, inner.isEmpty() ? inner : inner.subList(weighted, inner.size()));
        own.flush();
        weighted += Structure.weighted(path).size();
        paths.add(own.text.isEmpty() ? List.of() : Arrays.asList(own.text.toString().split("\n")));
      }
      Labels.Called called = called(f.step(), scope, prefix, "");
      append(lines, labelled(called, f.step().call() + " {"), f.before() == before ? "" : labels.get(f.before()), true);
      lines.flush();
      for (List<String> path : paths) {
        if (path.size() < 2) {
          lines.line(path.isEmpty() ? "  path {}" : "  path { " + path.getFirst() + " }");
        } else {
          lines.line("  path {");
          path.forEach(l -> lines.line("    " + l));
          lines.line("  }");
        }
      }
      lines.line("}");
    }

    private void use(Lines lines, Item.Use u, Step before, Labels scope, String prefix) {
      String wish = u.block().inner().isEmpty() ? "" : Structure.prefix(Structure.weighted(u.items()).stream().map(Step::wish).toList());
      Labels.Called called = scope.called(u.block().name(), wish, read.contains(u.last()));
      Lines body = new Lines("  ");
      // Whoever reads what the block makes reads the block's label.
      read.remove(u.last());
      items(body, u.items(), u.before(), new Labels(), prefix + called.name() + ".", u.block().inner());
      body.flush();
      labels.put(u.last(), called.name());
      blocks.putIfAbsent(u.block(), "block " + u.block().name() + " {\n" + body.text + "}\n");
      append(lines, labelled(called, u.block().name()), u.before() == before ? "" : labels.get(u.before()), true);
      lines.flush();
    }
  }
}
