package dev.lanewise.runtime.kernel.element;

import static dev.lanewise.runtime.kernel.code.Program.floats;
import static dev.lanewise.runtime.kernel.code.Program.integer;
import static dev.lanewise.runtime.kernel.lane.Lanes.LENGTH;

import dev.lanewise.runtime.kernel.code.Bytecode.Defined;
import dev.lanewise.runtime.kernel.code.Index;
import dev.lanewise.runtime.kernel.code.Program;
import dev.lanewise.runtime.kernel.code.Statement;
import dev.lanewise.runtime.kernel.code.Statement.Loop;
import dev.lanewise.runtime.kernel.code.Statement.Set;
import dev.lanewise.runtime.kernel.code.Statement.Store;
import dev.lanewise.runtime.kernel.code.Vector;
import dev.lanewise.runtime.kernel.code.Vector.Broadcast;
import dev.lanewise.runtime.kernel.code.Vector.Load;
import dev.lanewise.runtime.kernel.code.Vector.Variable;
import dev.lanewise.runtime.kernel.lane.Generated;
import dev.lanewise.runtime.kernel.lane.TermCode;
import dev.lanewise.runtime.symbolic.Update;
import java.util.ArrayList;
import java.util.List;

/** The step of an optimiser as one generated loop over parameters, gradients and state. */
public final class UpdateKernel {
  private static final int MOST_STATE = 3;

  /** The compiled loop. */
  public interface Kernel {
    void run(float[] p, float[] g, int go, float[] state0, float[] state1, float[] state2, float[] scalars, int from, int to);
  }

  private final Kernel kernel;

  public UpdateKernel(Update update) {
    if (update.state().size() > MOST_STATE) {
      throw new IllegalArgumentException("an optimiser keeps at most " + MOST_STATE + " numbers for a parameter");
    }
    this.kernel = Generated.define(program(update), Kernel.class).kernel();
  }

  /** Updates the elements from..to, a multiple of 16 of them; gradients are laid out like the parameters. */
  public void run(float[] parameters, float[] gradient, float[][] state, float[] scalars, int from, int to) {
    run(parameters, gradient, 0, state, scalars, from, to);
  }

  /**
   * The same where gradients lie elsewhere.
   *
   * @param go how much farther on an element's gradient lies than the element
   * @param state an array for each name of {@link Update#state}, laid out like the parameters
   * @param scalars the values of {@link Update#scalars}
   */
  public void run(float[] parameters, float[] gradient, int go, float[][] state, float[] scalars, int from, int to) {
    kernel.run(parameters, gradient, go, of(state, 0), of(state, 1), of(state, 2), scalars, from, to);
  }

  private static float[] of(float[][] state, int i) {
    return i < state.length ? state[i] : null;
  }

  private static Program program(Update update) {
    TermCode code = new TermCode("t");
    Index i = Index.of("i");
    List<Statement> body = new ArrayList<>();
    List<Program.Parameter> parameters = new ArrayList<>(List.of(floats("p"), floats("g"), integer("go")));
    for (int s = 0; s < MOST_STATE; s++) {
      boolean used = s < update.state().size();
      String name = used ? update.state().get(s) : "none" + s;
      parameters.add(floats(name));
      if (used) {
        load(body, code, name, i);
      }
    }
    load(body, code, "p", i);
    load(body, code, "g", i.plus(Index.of("go")));
    for (int s = 0; s < update.scalars().size(); s++) {
      code.bind(update.scalars().get(s), new Broadcast("scalars", Index.of(s)));
    }
    parameters.addAll(List.of(floats("scalars"), integer("from"), integer("to")));
    for (Update.Assignment assignment : update.assignments()) {
      Vector value = code.value(assignment.value());
      code.store(new Store(assignment.name(), i, value));
      code.bind(assignment.name(), value);
    }
    body.addAll(code.statements());
    return new Program("Update", parameters, List.of(new Loop("i", Index.of("from"), Index.of("to"), LENGTH, body)));
  }

  /** The value of an array's element is called as the array is, with {@code _i}. */
  private static void load(List<Statement> body, TermCode code, String array, Index i) {
    body.add(new Set(array + "_i", new Load(array, i)));
    code.bind(array, new Variable(array + "_i"));
  }
}
