package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.graph.Node;
import dev.lanewise.runtime.kernel.product.AttendAcrossKernel;
import dev.lanewise.runtime.kernel.product.AttendKernel;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.AttendAcross;

/** Binds attention and its gradient to their kernels. */
final class AttendStages {
  private AttendStages() {}

  static Stage forward(StageBuilder stages, Node n, Attend of) {
    AttendKernel kernel = AttendKernel.forward(sizes(of), part(of.q()), part(of.k()), part(of.v()));
    int q = stages.in(n, of.q().input()), k = stages.in(n, of.k().input()), v = stages.in(n, of.v().input());
    int mask = of.masked() ? stages.in(n, of.sources()) : -1, y = stages.out(n, 0), p = stages.out(n, 1);
    return stages.stage(n, f -> kernel.run(f.arena, q, k, v, mask, y, p)).generated(kernel.generated());
  }

  static Stage backward(StageBuilder stages, Node n, Attend of, int scratch) {
    AttendKernel kernel = AttendKernel.backward(sizes(of), part(of.q()), part(of.k()), part(of.v()));
    int q = stages.in(n, of.q().input()), k = stages.in(n, of.k().input()), v = stages.in(n, of.v().input());
    int dq = stages.out(n, of.q().input()), dk = stages.out(n, of.k().input()), dv = stages.out(n, of.v().input());
    int p = stages.in(n, of.sources()), dy = stages.in(n, of.sources() + 1);
    return stages.stage(n, f -> kernel.gradient(f.arena, q, k, v, p, dy, dq, dk, dv, scratch)).generated(kernel.generated());
  }

  /** Where lanes are places. */
  static Stage forward(StageBuilder stages, Node n, AttendAcross across) {
    AttendAcrossKernel kernel = kernel(across.of());
    int x = stages.in(n, 0), y = stages.out(n, 0), p = stages.out(n, 1);
    return stages.stage(n, f -> kernel.run(f.arena, x, y, p)).generated(kernel.generated());
  }

  static Stage backward(StageBuilder stages, Node n, AttendAcross across, int scratch) {
    AttendAcrossKernel kernel = kernel(across.of());
    int x = stages.in(n, 0), p = stages.in(n, 1), dy = stages.in(n, 2), dx = stages.out(n, 0);
    return stages.stage(n, f -> kernel.gradient(f.arena, x, p, dy, dx, scratch)).generated(kernel.generated());
  }

  private static AttendAcrossKernel kernel(Attend of) {
    return new AttendAcrossKernel(of.places(), of.heads(), of.size(), of.causal());
  }

  private static AttendKernel.Sizes sizes(Attend of) {
    return new AttendKernel.Sizes(of.places(), of.others(), of.heads(), of.size(), of.valueSize(), of.causal());
  }

  private static AttendKernel.Part part(Attend.Part of) {
    return new AttendKernel.Part(of.width(), of.from());
  }
}
