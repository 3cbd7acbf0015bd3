package dev.lanewise.dsl.elsewhere;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a call of another library takes: {@code stride = 1}.
 *
 * @param fallback what it is where it is not given; without one it must be
 * @param silent whether it makes no difference here, {@code ~device}: nobody is told that it is left out
 * @param handed whether it is what the call works on, {@code ^input}: left out where the first argument is a number
 * @param fixed whether the line is about this value alone, {@code pool == "AVE"}
 */
record Parameter(String name, Optional<String> fallback, boolean silent, boolean handed, boolean fixed) {
  /** The fallback of what is simply not there. */
  static final String NONE = "None";

  private static final Pattern FORM = Pattern.compile("([~^]?)(\\w+)(?:\\s*(==?)\\s*(.+))?");

  static Parameter of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("no parameter: " + text);
    }
    return new Parameter(
        form.group(2), Optional.ofNullable(form.group(4)), form.group(1).equals("~"), form.group(1).equals("^"), "==".equals(form.group(3)));
  }

  boolean isRequired() {
    return fixed || fallback.isEmpty() && !silent && !handed;
  }
}
