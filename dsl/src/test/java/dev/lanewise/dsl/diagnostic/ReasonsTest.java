package dev.lanewise.dsl.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  /** A broken file is where it should be. */
  @Test
  void pathsAreBlamedOnlyWhereNothingIs() {
    assertThat(Reasons.whereMissing(new NoSuchFileException("x"), "look there")).isEqualTo("look there");
    assertThat(Reasons.whereMissing(new IOException("x.png: offset 0: the file is empty"), "look there")).isEmpty();
    assertThat(Reasons.of(new NoSuchFileException("x"))).isEqualTo("there is no x");
    assertThat(Reasons.of(new NoSuchFileException("x", null, "neither y nor z is there"))).isEqualTo("x: neither y nor z is there");
  }
}
