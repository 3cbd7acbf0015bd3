package dev.lanewise.dsl.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which name a word is taken for, and whether that is certain. */
class SuggestionsTest {
  private static final Span SPAN = new Span(0, 1);
  private static final List<String> KNOWN = List.of(
      "dense", "dropout", "dropout2d", "relu", "gelu", "elu", "leaky_relu", "softmax", "maxpool", "batchnorm", "adam", "adamw", "sgd", "l1", "mse", "mae", "mnist", "fashion_mnist", "cifar10", "flip", "split.val",
      "accuracy");

  @ParameterizedTest
  @CsvSource({
    "dens, dense", "Dense, dense", "dnese, dense", "drpout, dropout", "dorpout, dropout", "soft_max, softmax", "Max-Pool, maxpool", "acuracyy, accuracy", "val.split, split.val", "ADAM, adam", "MSE, mse",
    "lrelu, leaky_relu", "fmnist, fashion_mnist", "l2, mse", "ｄｅｎｓｅ, dense",
  })
  void isCertain(String word, String name) {
    Remedy remedy = Suggestions.remedy(SPAN, word, KNOWN);
    assertEquals(List.of(new Edit(SPAN, name)), remedy.edits());
    assertTrue(remedy.certain(), word);
  }

  @ParameterizedTest
  @CsvSource({
    "relu2, relu", "nadam, adam", "amsgrad, adam", "sgdm, sgd", "rmse, mse", "mape, mae", "emnist, mnist", "cifar100, cifar10", "minpool, maxpool", "vflip, flip", "dropout1d, dropout", "lrn, batchnorm",
    "PReLU, leaky_relu", "l3, l1", "max, mae", "felu, elu",
  })
  void isLeftToTheAuthor(String word, String name) {
    Remedy remedy = Suggestions.remedy(SPAN, word, KNOWN);
    assertEquals(List.of(new Edit(SPAN, name)), remedy.edits());
    assertFalse(remedy.certain(), word);
  }

  @Test
  void saysWhatIsNotHere() {
    assertEquals("there is no `nadam` here: `adam` comes nearest", Suggestions.remedy(SPAN, "nadam", KNOWN).text());
  }

  /** Neither has hardly a letter in common. */
  @Test
  void noNameIsNearALetter() {
    assertTrue(Suggestions.remedy(SPAN, "no", List.of("N", "P")).isEmpty());
    assertTrue(Suggestions.remedy(SPAN, "e", List.of("P")).isEmpty());
  }

  @Test
  void namesThatAreEquallyNearAreNotCertain() {
    assertFalse(Suggestions.remedy(SPAN, "dense9", List.of("dense1", "dense2")).certain());
    assertFalse(Suggestions.remedy(SPAN, "points", List.of("pointsa", "pointsb")).certain());
  }
}
