package dev.lanewise.exchange.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

  private static final class Writing {
    private final Draft draft;
    private final List<Output> outputs;
    private final List<Step> steps;
    private final Labels labels;
    private final StringBuilder text = new StringBuilder();
    private StringBuilder line = new StringBuilder();

    Writing(Draft draft, List<Output> outputs) {
      this.draft = draft;
      this.outputs = outputs;
      Set<Step> needed = Collections.newSetFromMap(new IdentityHashMap<>());
      outputs.forEach(o -> needed.add(o.step()));
      for (Step step : draft.steps().reversed()) {
        if (needed.contains(step)) {
          needed.addAll(step.inputs());
        }
      }
      this.steps = draft.steps().stream().filter(s -> needed.contains(s) || s.kind().equals("input")).toList();
      this.labels = new Labels(steps, read());
    }

    /** Steps that others read by a label. */
    private Set<Step> read() {
      Set<Step> read = Collections.newSetFromMap(new IdentityHashMap<>());
      Step before = null;
      for (Step step : steps) {
        List<Step> inputs = turn(step, before);
        for (int i = 0; i < inputs.size(); i++) {
          if (i > 0 || inputs.getFirst() != before) {
            read.add(inputs.get(i));
          }
        }
        before = step;
      }
      for (int i = 1; i < outputs.size(); i++) {
        read.add(outputs.get(i).step());
      }
      if (outputs.getFirst().step() != before || outputs.size() > 1) {
        read.add(outputs.getFirst().step());
      }
      return read;
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
      Step before = null;
      boolean several = steps.stream().filter(s -> s.kind().equals("input")).count() > 1;
      Set<Step> read = read();
      for (Step step : steps) {
        if (step.kind().equals("input")) {
          flush();
          line.append(several || read.contains(step) ? labels.label(step) + ": " : "").append(step.call());
          comment(step);
        } else {
          step(step, before);
        }
        before = step;
      }
      flush();
      for (int i = 1; i < outputs.size(); i++) {
        text.append("  head ").append(Labels.identifier(outputs.get(i).name())).append(" { @").append(labels.label(outputs.get(i).step())).append(" }\n");
      }
      if (outputs.getFirst().step() != before || outputs.size() > 1) {
        text.append("  @").append(labels.label(outputs.getFirst().step())).append('\n');
      }
      Map<String, Step.Weight> weights = new LinkedHashMap<>();
      for (Step step : steps) {
        step.weights().forEach(w -> weights.put(labels.name(step) + "." + w.name(), w));
      }
      return new Written(definitions() + "net " + net + " {\n" + text + "}\n", weights);
    }

    private String definitions() {
      String used = steps.stream().map(Step::call).collect(Collectors.joining("\n"));
      Set<String> words = Set.copyOf(Arrays.asList(used.split("[^\\p{L}\\p{Nd}_]+")));
      String all = draft.definitions().entrySet().stream().filter(d -> words.contains(d.getKey())).map(d -> d.getValue().formatted(d.getKey()) + "\n").collect(Collectors.joining());
      return all.isEmpty() ? "" : all + "\n";
    }

    private void step(Step step, Step before) {
      List<Step> inputs = turn(step, before);
      String label = labels.label(step);
      String call = labelled(label, call(step, inputs));
      if (inputs.getFirst() != before) {
        flush();
        line.append('@').append(labels.label(inputs.getFirst())).append(" -> ").append(call);
      } else if (line.isEmpty() || !step.weights().isEmpty() && !step.kind().equals("batchnorm") || step.inputs().size() > 1 || label != null || line.length() + call.length() > WIDTH
          || before.kind().equals("input")) {
        flush();
        line.append(call);
      } else {
        line.append(" -> ").append(call);
      }
      comment(step);
    }

    /** Inside of `each` a label names the layer there. */
    private static String labelled(String label, String call) {
      String each = "each { ";
      return label == null ? call : call.startsWith(each) ? each + label + ": " + call.substring(each.length()) : label + ": " + call;
    }

    private String call(Step step, List<Step> inputs) {
      String others = inputs.stream().skip(1).map(s -> "@" + labels.label(s)).collect(Collectors.joining(", "));
      return others.isEmpty() ? step.call() : step.call() + "(" + others + ")";
    }

    private void comment(Step step) {
      if (!step.note().isEmpty()) {
        line.append("  # ").append(step.note());
        flush();
      }
    }

    private void flush() {
      if (!line.isEmpty()) {
        text.append("  ").append(line).append('\n');
        line = new StringBuilder();
      }
    }
  }
}
