package dev.lanewise.runtime.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassDoubtTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "red;Red|`red` and `Red` are two classes of `k`",
    "1;2;1.0|`1` and `1.0` are two classes of `k`",
    "light-blue;light blue|`light-blue` and `light blue` are two classes of `k`",
    "yes;no;NA|`NA` is a class of `k`, but may mean that it is missing",
  })
  void oddClassesAreNamed(String classes, String warning) {
    assertThat(ClassDoubt.of("k", "k", List.of(classes.split(";")), 60).warning()).isEqualTo(warning);
  }

  @Test
  void numbersToPredictAreNoClasses() {
    List<String> many = IntStream.range(0, 50).mapToObj(i -> i * 0.37 + "").toList();
    assertThat(ClassDoubt.of("the price", "\"the price\"", many, 60)).isEqualTo(
        new ClassDoubt("`the price` has 50 classes in 60 lines", "write target = \"the price\" in place of label =, if it has numbers to predict"));
  }

  @ParameterizedTest
  @CsvSource({"red;green", "0;1;10", "-1;1", "1.5;1", "a;b;none-of-these"})
  void othersAreNot(String classes) {
    assertThat(ClassDoubt.of("k", "k", List.of(classes.split(";")), 60).warning()).isEmpty();
  }
}
