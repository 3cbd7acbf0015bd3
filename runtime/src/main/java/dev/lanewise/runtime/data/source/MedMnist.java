package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.source.NumberArrays.Names;
import dev.lanewise.runtime.data.source.NumberArrays.Names.Pair;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Medical images of 28x28 (MedMNIST v2, Yang et al. 2023), each set in a NumPy archive with examples to train, to validate and to test on.
 * They are for learning and for comparing methods, not for treating anybody.
 *
 * <pre>{@code MedMnist.named("pneumonia").orElseThrow().load(Path.of("medmnist")) }</pre>
 *
 * @param name without what all files' names end with
 * @param channels 1 where images are grey, or 3
 * @param classes what they are called, in the order of their numbers
 */
public record MedMnist(String name, int channels, List<String> classes) {
  private static final List<String> ORGANS =
      List.of("bladder", "femur-left", "femur-right", "heart", "kidney-left", "kidney-right", "liver", "lung-left", "lung-right", "pancreas", "spleen");

  /** All sets that tell classes apart. */
  public static final List<MedMnist> ALL = List.of(
      new MedMnist("pneumonia", 1, List.of("normal", "pneumonia")),
      new MedMnist("breast", 1, List.of("malignant", "normal or benign")),
      new MedMnist("oct", 1, List.of("choroidal neovascularization", "diabetic macular edema", "drusen", "normal")),
      new MedMnist(
          "tissue", 1, List.of(
              "collecting duct or connecting tubule", "distal convoluted tubule", "glomerular endothelial cells", "interstitial endothelial cells",
              "leukocytes", "podocytes", "proximal tubule segments", "thick ascending limb")),
      new MedMnist("organa", 1, ORGANS), new MedMnist("organc", 1, ORGANS), new MedMnist("organs", 1, ORGANS),
      new MedMnist(
          "blood", 3, List.of(
              "basophil", "eosinophil", "erythroblast", "immature granulocytes", "lymphocyte", "monocyte", "neutrophil", "platelet")),
      new MedMnist(
          "derma", 3, List.of(
              "actinic keratoses", "basal cell carcinoma", "benign keratosis-like lesions", "dermatofibroma", "melanoma", "melanocytic nevi",
              "vascular lesions")),
      new MedMnist(
          "path", 3, List.of(
              "adipose", "background", "debris", "lymphocytes", "mucus", "smooth muscle", "normal colon mucosa", "cancer-associated stroma",
              "colorectal adenocarcinoma epithelium")));

  private static final int SIZE = 28;
  private static final Names ARRAYS =
      new Names(pair("train"), Optional.of(pair("val")), Optional.of(pair("test")));

  public MedMnist {
    classes = List.copyOf(classes);
  }

  private static Pair pair(String part) {
    return new Pair(part + "_images", part + "_labels");
  }

  public static Optional<MedMnist> named(String name) {
    return ALL.stream().filter(s -> s.name.equals(name)).findFirst();
  }

  /** What its file is called. */
  public String file() {
    return name + "mnist.npz";
  }

  public Shape shape() {
    return Shape.of(channels, SIZE, SIZE);
  }

  public Target target() {
    return Target.classes(classes.size());
  }

  /**
   * Reads its file.
   *
   * @throws IOException naming the file that is missing or broken, or has something else in it
   */
  public DataSplit load(Path folder) throws IOException {
    Path file = folder.resolve(file());
    OpenedData opened = NumberArrays.npz(file, ARRAYS, Channels.AUTO);
    if (!opened.shape().equals(shape()) || !opened.target().equals(target())) {
      throw new IOException(
          file + ": images of " + opened.shape() + " in " + opened.target().classes() + " classes, expected " + shape() + " in " + classes.size());
    }
    return opened.load().classesNamed(classes).pictures(World.Preparation.PLAIN);
  }
}
