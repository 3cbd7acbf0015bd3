package dev.lanewise.dsl.view.picture;

import java.util.Locale;

/** Letters and digits of three by five pixels, for pictures that are hardly larger. */
final class Letters {
  static final int WIDTH = 3;
  static final int HEIGHT = 5;

  private static final String KNOWN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  /** Row by row, three pixels each. */
  private static final String[] SHAPES = {
    "#### ## ## ####", "##  #  #  # ###", "##   # # #  ###", "##   # #   ### ", "# ## ####  #  #", "####  ##   ### ", " ###  #### ####", "###  # #  #  # ",
    "#### ##### ####", "#### ####  ### ", " # # ##### ## #", "## # ### # ### ", " ###  #  #   ##", "## # ## ## ### ", "####  ## #  ###", "####  ## #  #  ",
    " ###  # ## # ##", "# ## ##### ## #", "### #  #  # ###", "  #  #  ## # # ", "# ## ### # ## #", "#  #  #  #  ###", "# ######## ## #", "## # ## ## ## #",
    " # # ## ## # # ", "## # ### #  #  ", " # # ## ## # ##", "## # ### # ## #", " ###   #   ### ", "### #  #  #  # ", "# ## ## ## ####", "# ## ## ## # # ",
    "# ## ######## #", "# ## # # # ## #", "# ## # #  #  # ", "###  # # #  ###"
  };

  private Letters() {}

  /** Whether a letter's pixel is ink. Of a letter that is not known none is. */
  static boolean isInk(char letter, int x, int y) {
    int known = KNOWN.indexOf(String.valueOf(letter).toUpperCase(Locale.ROOT));
    return known >= 0 && SHAPES[known].charAt(y * WIDTH + x) == '#';
  }

  /** Whether something can be written of a text: its first letters. */
  static boolean areKnown(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> KNOWN.indexOf(String.valueOf((char) c).toUpperCase(Locale.ROOT)) >= 0);
  }
}
