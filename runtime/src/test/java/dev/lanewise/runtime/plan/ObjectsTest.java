package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lanewise.runtime.differentiate.Differentiation;
import dev.lanewise.runtime.differentiate.LossGraph;
import dev.lanewise.runtime.kernel.code.EarlyCompilation;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.SmallOperations;
import dev.lanewise.runtime.tensor.Memory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * No kernel makes an object, compiled as the launcher has it compiled: early, and without a profile. A vector that the compiler cannot keep in
 * a register becomes one, and the kernel ten times slower: a slip that no other test sees, since in a JVM as it is kernels are compiled with a
 * profile. Every operation takes its turn, forward and backward, in a JVM of its own.
 */
class ObjectsTest {
  private static final Path OPTIONS = Path.of("..", "repl", "src", "main", "sh", "java.sh");

  @Test
  void kernelsMakeNoObjects() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(OPTIONS) && Files.isExecutable(Path.of("/bin/sh")), "needs the launcher's options, and a shell");
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(said(List.of("/bin/sh", "-c", ". " + OPTIONS + "; engine_options")).lines().toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), ObjectsTest.class.getName()));
    assertThat(said(command)).isEqualTo("0 of " + operations().size() + " make objects\n");
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** One of each kind, and what is put together of them; kinds come by their names, since a record may be several layers. */
  private static List<Computation> operations() {
    List<Computation> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Computation> small = new ArrayList<>(SmallOperations.layers());
    small.addAll(SmallOperations.recipes());
    small.stream().filter(o -> names.add(o.name() + " " + o.getClass())).forEach(all::add);
    return all;
  }

  /** What the other JVM does: names what makes objects, and says how many do. */
  public static void main(String[] args) {
    int found = 0;
    for (Computation operation : operations()) {
      long bytes = bytes(Differentiation.of(VectorKernelsTest.around(operation), new CrossEntropy(3)));
      if (bytes > 0) {
        System.out.println(operation.name() + " makes objects of " + bytes + " bytes a block");
        found++;
      }
    }
    System.out.println(found + " of " + operations().size() + " make objects");
  }

  /** The least that any of some blocks allocates: what is left is what all do. */
  private static long bytes(LossGraph graph) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Plan plan = new Plan(graph, KernelSet.VECTOR);
    EarlyCompilation.await();
    Kept kept = new Kept(plan, 1, 1);
    Frame frame = new Frame(
        plan, Memory.allocate(graph.graph().parameterCount()), Memory.allocate(plan.packedSize()), Memory.allocate(plan.batchSize(1)), kept);
    Gradients gradients = plan.gradientsOfShard();
    plan.pack(frame, 0, 1);
    frame.shard(gradients);
    long least = Long.MAX_VALUE;
    // Until it is compiled a kernel does make some, on a busy machine for long.
    for (int i = 0; i < 200 || least > 0 && i < 50_000; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int phase = 0; phase < plan.phases(); phase++) {
        plan.block(frame, phase);
      }
      plan.endShard(frame);
      for (int step = 0; step < plan.lateSteps(); step++) {
        plan.late(step, kept, 0, 0, 1, gradients.whole());
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
