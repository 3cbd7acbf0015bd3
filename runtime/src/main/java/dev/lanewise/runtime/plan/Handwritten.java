package dev.lanewise.runtime.plan;

import dev.lanewise.runtime.operation.AtPlaces;
import dev.lanewise.runtime.operation.Attend;
import dev.lanewise.runtime.operation.AttendAcross;
import dev.lanewise.runtime.operation.ChannelSum;
import dev.lanewise.runtime.operation.Concat;
import dev.lanewise.runtime.operation.Contrast;
import dev.lanewise.runtime.operation.Conv;
import dev.lanewise.runtime.operation.ConvAcross;
import dev.lanewise.runtime.operation.CrossEntropy;
import dev.lanewise.runtime.operation.Dense;
import dev.lanewise.runtime.operation.Dropout;
import dev.lanewise.runtime.operation.EachLane;
import dev.lanewise.runtime.operation.Embed;
import dev.lanewise.runtime.operation.EmbedDense;
import dev.lanewise.runtime.operation.Excerpt;
import dev.lanewise.runtime.operation.Fused;
import dev.lanewise.runtime.operation.Gather;
import dev.lanewise.runtime.operation.LastOf;
import dev.lanewise.runtime.operation.LayerNorm;
import dev.lanewise.runtime.operation.LogSoftmax;
import dev.lanewise.runtime.operation.MaxPool;
import dev.lanewise.runtime.operation.Noise;
import dev.lanewise.runtime.operation.OneHot;
import dev.lanewise.runtime.operation.Operation;
import dev.lanewise.runtime.operation.Place;
import dev.lanewise.runtime.operation.Pointwise;
import dev.lanewise.runtime.operation.PooledConvGradient;
import dev.lanewise.runtime.operation.Reduce;
import dev.lanewise.runtime.operation.Repeat;
import dev.lanewise.runtime.operation.Resample;
import dev.lanewise.runtime.operation.Reshape;
import dev.lanewise.runtime.operation.Running;
import dev.lanewise.runtime.operation.Scan;
import dev.lanewise.runtime.operation.SharedSum;
import dev.lanewise.runtime.operation.Slice;
import dev.lanewise.runtime.operation.Softmax;
import dev.lanewise.runtime.operation.Spread;
import dev.lanewise.runtime.operation.SpreadAcross;
import dev.lanewise.runtime.operation.Transpose;
import dev.lanewise.runtime.operation.Waves;

/**
 * What the kernels that are written by hand do, as a reader would write it; every name stands for a vector of lanes, one
 * example each. Generated kernels print their own program instead.
 */
final class Handwritten {
  private Handwritten() {}

  /** A few lines; empty where the operation's kernel is generated. */
  static String pseudocode(Operation operation) {
    return switch (operation) {
      case AtPlaces(Operation of, int places) -> {
        String each = pseudocode(of);
        yield each.isEmpty() ? "" : "for each of %d places: %s".formatted(places, each);
      }
      case AttendAcross a -> "across the lanes, which are neighbouring places: " + pseudocode(a.of());
      case AttendAcross.Gradient g -> "across the lanes, which are neighbouring places: " + pseudocode(new Attend.Gradient(g.of().of()));
      case SpreadAcross _ -> "y[k] of a lane = row 16 k + lane\n";
      case SpreadAcross.Gradient _ -> "row 16 k + lane += dy[k] of the lane\n";
      case Attend a ->
          "for each head, place i, and j%s: p[i][j] = exp(q[i] * k[j] / %s) / the sum of these over j; y[i] = the sum of p[i][j] * v[j] over j\n".formatted(a.causal() ? " up to i" : "", (float) Math.sqrt(a.size()));
      case Attend.Gradient g ->
          "for each head: dp[i][j] = dy[i] * v[j]; ds = p * (dp - the sum of p * dp over j) / %s; dq[i] += ds[i][j] * k[j]; dk[j] += ds[i][j] * q[i]; dv[j] += p[i][j] * dy[i]\n".formatted((float) Math.sqrt(g.of().size()));
      case MaxPool _ -> "for each window: y = its largest x; argmax = where that was, the first of equals\n";
      case MaxPool.Gradient _ -> "dx = 0; for each window: dx[argmax] += dy\n";
      case Resample _ -> "for each y: the sum of the x around it, each times the weights of its row and its column\n";
      case Softmax _ -> "y[i] = exp(x[i] - log(sum over j: exp(x[j])))\n";
      case Softmax.Gradient _ -> "dx[i] = y[i] * (dy[i] - sum over j: dy[j] * y[j])\n";
      case LayerNorm _ -> "y = (x - mean) * scale * weight + bias, with scale = 1 / sqrt(var + eps), at each place\n";
      case LayerNorm.Gradient _ -> "n = (x - mean) * scale; g = dy * weight; dx = scale * (g - mean of g - n * mean of g * n); dWeight += dy * n; dBias += dy\n";
      case LogSoftmax _ -> "y[i] = x[i] - log(sum over j: exp(x[j]))\n";
      case LogSoftmax.Gradient _ -> "dx[i] = dy[i] - exp(y[i]) * sum over j: dy[j]\n";
      case CrossEntropy c when c.places() == 1 -> "loss = log(sum over j: exp(x[j])) - x[label]\n";
      case CrossEntropy _ -> "loss = the mean over all places of log(sum over j: exp(x[j])) - x[label]\n";
      case CrossEntropy.Gradient(CrossEntropy c) ->
          "dx[i] = (softmax(x)[i] - (i == label ? 1 : 0)) * dLoss" + (c.places() == 1 ? "\n" : " / %d, at each place\n".formatted(c.places()));
      case EachLane(_, boolean raw) -> raw ? "y[c][p] of each lane = x[c][p]\n" : "y[16 k + lane][p] of each lane = x[k][p] of the lane\n";
      case ChannelSum sum ->
          """
          sums[c] += dy[c][p], for all p in their order
          at the end: the lanes of sums, added
          """;
      case Dropout.Mask m -> "factor = random < %s ? 0 : %s, for each value or channel\n".formatted(m.p(), 1 / (1 - m.p()));
      case Embed _ -> "y[j][p] = W[x[p]][j], for each place p\n";
      case Embed.WeightGradient _ -> "dW[x[p]][j] += dy[j][p], for each place p: rows that nothing touches take no room\n";
      case EmbedDense _ -> "T[r] = V * W[r] + b, for each row r, once for a batch; y[p] = T[x[p]], for each place p\n";
      case EmbedDense.Gradient _ ->
          """
          dT[x[p]] += dy[p], for each place p
          at the end: dW[r] += dT[r] * V; dV[o][j] += the sum of dT[r][o] * W[r][j] over r; db += the sum of dT[r] over r
          """;
      case Noise _ -> "y = normal random numbers\n";
      case Gather _ -> "row[example] = x\n";
      case Place _ -> "y = which example of the batch it is, from 0\n";
      case Contrast c when c.alike() ->
          "p(x, y) = exp(x * y / t); loss = (log(sum over j: p(a, b[j]) + p(a, a[j])) + log(sum over j: p(b, a[j]) + p(b, b[j]))) / 2 - a * b / t, without itself\n";
      case Contrast.Gradient g when g.of().alike() ->
          "dx = (sum over j: (dLoss * p(x, j) + dLoss[j] * p(j, x)) / 2 * j, of y[j] and of x[j] without itself, - dLoss * y) / t\n";
      case Contrast _ -> "loss = (log(sum over j: exp(a * b[j] / t)) + log(sum over j: exp(b * a[j] / t))) / 2 - a * b / t\n";
      case Contrast.Gradient _ -> "dx = (sum over j: (dLoss * p(x, j) + dLoss[j] * p(j, x)) / 2 * y[j] - dLoss * y) / t\n";
      case Concat _ -> "y = the values one after the other\n";
      case Slice _ -> "y = some of the channels of x\n";
      case Slice.Gradient _ -> "dx = 0; its slice = dy\n";
      case Transpose _ -> "y[l][c] = x[c][l]\n";
      case LastOf _ -> "y[p] = p is the last place that is no padding ? 1 : 0\n";
      case Waves _ -> "y[p][2i] = sin(p / 10000^(2i / channels)); y[p][2i + 1] = cos of the same\n";
      case Repeat _ -> "y[g][r][i] = x[g][i]\n";
      case OneHot h when h.count() == 1 -> "y = label\n";
      case OneHot h -> "y[i] = i == %s ? 1 : 0\n".formatted(h.in().size() == 1 ? "label" : "x");
      case Reduce r when r.inner() > 1 -> "y[g][i] = the sum of x[g][r][i] over r, times %s\n".formatted((float) r.factor());
      case Reduce r -> "y[g] = the sum of x over group g, times %s\n".formatted((float) r.factor());
      case Running r -> "once for the batch: running = %s * running + %s * y\n".formatted(1 - r.momentum(), r.momentum());
      case Scan scan -> Loop.pseudocode(scan);
      case Excerpt _, Excerpt.Gradient _ -> "nothing: a part lies where the whole does\n";
      case SharedSum _ -> "nothing: the gradients are added to one place\n";
      case Spread _ -> "y[i] = the same value for all 16 examples\n";
      case Reshape _ -> "nothing: the values stay where they are\n";
      case Conv _, Conv.InputGradient _, Conv.WeightGradient _, ConvAcross _, Dense _, Dense.InputGradient _,
          Dense.WeightGradient _, Dropout _, Fused _, Pointwise _, PooledConvGradient _ -> "";
    };
  }
}
