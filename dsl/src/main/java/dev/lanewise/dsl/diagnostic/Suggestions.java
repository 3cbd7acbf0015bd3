package dev.lanewise.dsl.diagnostic;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** "Did you mean": by the vocabulary of PyTorch and Keras first, then by the fewest typing errors. */
public final class Suggestions {
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("linear", "dense"),
          Map.entry("fc", "dense"),
          Map.entry("conv2d", "conv"),
          Map.entry("convolution2d", "conv"),
          Map.entry("conv1d", "conv"),
          Map.entry("depthwiseconv2d", "conv"),
          Map.entry("convtranspose2d", "transposed_conv"),
          Map.entry("convtranspose1d", "transposed_conv"),
          Map.entry("conv2dtranspose", "transposed_conv"),
          Map.entry("conv1dtranspose", "transposed_conv"),
          Map.entry("deconvolution", "transposed_conv"),
          Map.entry("dilation_rate", "dilation"),
          Map.entry("output_padding", "output_pad"),
          Map.entry("output_size", "to"),
          Map.entry("zeropad2d", "pad"),
          Map.entry("zeropadding2d", "pad"),
          Map.entry("cropping2d", "crop"),
          Map.entry("view", "reshape"),
          Map.entry("maxpool1d", "maxpool"),
          Map.entry("avgpool1d", "avgpool"),
          Map.entry("adaptivemaxpool2d", "maxpool"),
          Map.entry("globalmaxpooling2d", "maxpool"),
          Map.entry("interpolate", "upsample"),
          Map.entry("maxpool2d", "maxpool"),
          Map.entry("maxpooling2d", "maxpool"),
          Map.entry("avgpool2d", "avgpool"),
          Map.entry("averagepooling2d", "avgpool"),
          Map.entry("dropout2d", "dropout2d"),
          Map.entry("spatialdropout2d", "dropout2d"),
          Map.entry("logsoftmax", "log_softmax"),
          Map.entry("embedding", "embed"),
          Map.entry("one_hot", "onehot"),
          Map.entry("randn_like", "noise"),
          Map.entry("crossentropyloss", "cross_entropy"),
          Map.entry("crossentropy", "cross_entropy"),
          Map.entry("nllloss", "nll"),
          Map.entry("categorical_crossentropy", "cross_entropy"),
          Map.entry("sparse_categorical_crossentropy", "cross_entropy"),
          Map.entry("mseloss", "mse"),
          Map.entry("mean_squared_error", "mse"),
          Map.entry("out_channels", "channels"),
          Map.entry("filters", "channels"),
          Map.entry("kernel_size", "kernel"),
          Map.entry("padding", "pad"),
          Map.entry("strides", "stride"),
          Map.entry("pool_size", "size"),
          Map.entry("out_features", "features"),
          Map.entry("units", "features"),
          Map.entry("use_bias", "bias"),
          Map.entry("rate", "p"),
          Map.entry("learning_rate", "lr"),
          Map.entry("lr", "optimizer"),
          Map.entry("batch_size", "batch"),
          Map.entry("criterion", "loss"),
          Map.entry("validation_split", "split.val"),
          Map.entry("evaluate", "test"),
          Map.entry("summary", "show"),
          Map.entry("batchnorm1d", "batchnorm"),
          Map.entry("batchnorm2d", "batchnorm"),
          Map.entry("batchnormalization", "batchnorm"),
          Map.entry("batch_norm", "batchnorm"),
          Map.entry("layernormalization", "layernorm"),
          Map.entry("groupnormalization", "groupnorm"),
          Map.entry("adaptiveavgpool2d", "avgpool"),
          Map.entry("globalaveragepooling2d", "avgpool"),
          Map.entry("upsampling2d", "upsample"),
          Map.entry("upsample2d", "upsample"),
          Map.entry("innerproduct", "dense"),
          Map.entry("convolution", "conv"),
          Map.entry("pooling", "maxpool"),
          Map.entry("eltwise", "add"),
          Map.entry("concatenate", "concat"),
          Map.entry("cat", "concat"),
          Map.entry("leakyrelu", "leaky_relu"),
          Map.entry("hardswish", "hard_swish"),
          Map.entry("swish", "silu"),
          Map.entry("softmaxwithloss", "cross_entropy"),
          Map.entry("euclideanloss", "mse"),
          Map.entry("l1loss", "l1"),
          Map.entry("kldivloss", "kl"),
          Map.entry("kl_div", "kl"),
          Map.entry("weight", "weights"),
          Map.entry("class_weight", "weights"),
          Map.entry("mean_absolute_error", "mae"),
          Map.entry("smoothl1loss", "huber"),
          Map.entry("huberloss", "huber"),
          Map.entry("bceloss", "bce"),
          Map.entry("bcewithlogitsloss", "bce_with_logits"),
          Map.entry("binary_crossentropy", "bce"),
          Map.entry("onecyclelr", "one_cycle"),
          Map.entry("cosineannealinglr", "cosine"),
          Map.entry("steplr", "step"),
          Map.entry("exponentiallr", "exponential"),
          Map.entry("weight_decay", "decay"),
          Map.entry("reducelronplateau", "plateau"),
          Map.entry("accumulate_grad_batches", "accumulate"),
          Map.entry("gradient_accumulation_steps", "accumulate"),
          Map.entry("max_time", "minutes"),
          Map.entry("ema", "average"),
          Map.entry("roc_auc", "auc"),
          Map.entry("roc_curve", "roc"),
          Map.entry("calibration_curve", "calibration"),
          Map.entry("true_positive_rate", "sensitivity"),
          Map.entry("true_negative_rate", "specificity"),
          Map.entry("root_mean_squared_error", "rmse"),
          Map.entry("r2_score", "r2"),
          Map.entry("kaiming_normal", "he_normal"),
          Map.entry("kaiming_uniform", "he_uniform"),
          Map.entry("glorot_normal", "xavier_normal"),
          Map.entry("glorot_uniform", "xavier_uniform"),
          Map.entry("truncated_normal", "normal"),
          Map.entry("kernel_initializer", "init"),
          Map.entry("topk", "top5"),
          Map.entry("top_k", "top5"),
          Map.entry("label_smoothing", "smooth"),
          Map.entry("num_groups", "groups"),
          Map.entry("scale_factor", "factor"),
          Map.entry("negative_slope", "slope"),
          Map.entry("fashionmnist", "fashion_mnist"),
          Map.entry("imagefolder", "images"),
          Map.entry("read_csv", "csv"),
          Map.entry("cifar", "cifar10"),
          Map.entry("randomrotation", "rotate"),
          Map.entry("randomhorizontalflip", "flip"),
          Map.entry("randomerasing", "erase"),
          Map.entry("elastictransform", "elastic"),
          Map.entry("earlystopping", "early"));

  /** Nobody means a name by a longer one, and among more names too many are near. */
  private static final int LONGEST = 60;
  private static final int MOST = 2_000;

  private Suggestions() {}

  /** The nearest name in the place of a word; nothing where none is near. @param span of the word */
  public static Remedy remedy(Span span, String word, Collection<String> known) {
    return nearest(word, known).map(k -> Remedy.mean(span, k)).orElse(Remedy.NONE);
  }

  /** The same where there are few names: all of them where none is near. */
  public static Remedy among(Span span, String word, Collection<String> known) {
    return nearest(word, known).map(k -> Remedy.mean(span, k)).orElseGet(() -> Remedy.say("there is " + String.join(", ", known)));
  }

  public static Optional<String> nearest(String word, Collection<String> known) {
    // Full-width letters spell the same word.
    String narrow = Normalizer.normalize(word, Normalizer.Form.NFKC);
    if (!narrow.equals(word) && known.contains(narrow)) {
      return Optional.of(narrow);
    }
    String lower = word.toLowerCase(Locale.ROOT);
    String translated = ELSEWHERE.get(lower);
    if (translated != null && known.contains(translated)) {
      return Optional.of(translated);
    }
    if (word.length() > LONGEST || known.size() > MOST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(k -> Math.abs(k.length() - lower.length()) <= LONGEST / 3 && distance(lower, k.toLowerCase(Locale.ROOT)) <= Math.max(1, Math.min(k.length(), lower.length()) / 3))
        .min(
            Comparator.<String>comparingInt(k -> distance(lower, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  public static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
