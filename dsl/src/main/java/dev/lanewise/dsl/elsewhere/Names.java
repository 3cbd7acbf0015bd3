package dev.lanewise.dsl.elsewhere;

import java.util.Arrays;
import java.util.Locale;

/** Names by themselves, each kind a section of the table. */
public enum Names {
  /** Of anything. */
  WORD,
  /** Of what is not here at all. */
  NONE,
  /** Of settings of a training. */
  SETTING,
  /** Of settings whose value has another form here, and of what no script says. */
  SETTING_OF_ANOTHER_FORM,
  SETTING_OF_DATA,
  SETTING_OF_OPTIMIZER,
  ARGUMENT_OF_SOURCE,
  /** Parts of names of ways to change examples. */
  CHANGE;

  static boolean isSection(String section) {
    return Arrays.stream(values()).anyMatch(n -> n.name().toLowerCase(Locale.ROOT).equals(section));
  }

  static Names of(String section) {
    return valueOf(section.toUpperCase(Locale.ROOT));
  }
}
