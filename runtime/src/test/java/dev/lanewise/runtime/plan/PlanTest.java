package dev.lanewise.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.runtime.operation.CrossEntropy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a plan tells about itself. */
class PlanTest {
  private final Plan plan = Plan.training(Networks.classicCnn(true), new CrossEntropy(10), KernelSet.VECTOR);

  @Test
  void passesTellWhatTheyChanged() {
    assertThat(plan.changes().stream().map(Plan.Change::pass))
        .containsExactly(
            "network", "pooling first", "turns", "tables", "differentiation", "masks", "fusion", "pointwise fusion", "pooled gradients");
    assertThat(change("differentiation").purpose()).endsWith("nobody needs that of input");
    assertThat(change("fusion").gone()).contains("conv1 = conv  10x24x24", "maxpool1 = maxpool  10x12x12");
    assertThat(change("fusion").come()).contains("conv1+maxpool1+relu1 = conv+maxpool+relu  10x12x12");
    assertThat(change("pooled gradients").come()).anyMatch(line -> line.startsWith("dconv2.weight = "));
  }

  private Plan.Change change(String pass) {
    return plan.changes().stream().filter(c -> c.pass().equals(pass)).findFirst().orElseThrow();
  }

  @Test
  void valuesThatLiveAtTheSameTimeShareNoMemory() {
    List<Placement.Piece> pieces = plan.memory();
    List<String> stages = plan.stages().stream().map(Plan.StageInfo::name).toList();
    for (Placement.Piece a : pieces) {
      for (Placement.Piece b : pieces) {
        boolean overlap = a.place() < b.place() + b.floats() && b.place() < a.place() + a.floats();
        boolean meet = first(stages, a) <= last(stages, b) && first(stages, b) <= last(stages, a);
        assertThat(a != b && overlap && meet).as("%s and %s", a, b).isFalse();
      }
    }
    assertThat(plan.valueFloats()).isLessThan(plan.unsharedFloats());
  }

  private static int first(List<String> stages, Placement.Piece piece) {
    return stages.indexOf(piece.from());
  }

  private static int last(List<String> stages, Placement.Piece piece) {
    return piece.until().isEmpty() ? stages.size() : stages.indexOf(piece.until());
  }

  @Test
  void everyStageShowsItsKernel() {
    for (Plan.StageInfo stage : plan.stages()) {
      assertThat(plan.code(stage)).as(stage.name()).isNotEmpty();
    }
  }
}
