package dev.lanewise.dsl.diagnostic;

/**
 * What can be wrong with a script. A code is never given a second meaning. Each has its smallest trigger here, and a golden script named
 * after it among the tests.
 */
public enum Code {
  /** {@code net = 3}. */
  L001("something else was expected here"),
  /** {@code net A &#123; relu}, or a string without its second quote. */
  L002("something is opened and not closed"),
  /** {@code dense 10}. */
  L003("arguments go in parentheses"),
  /** {@code a = 3 $ 4}. */
  L004("a character that means nothing"),
  /** 501 parentheses inside each other. */
  L005("nested too deep"),
  /** {@code densse(10)}. */
  L006("a name that is not known"),
  /** {@code a = 1; a = 2} in a file. */
  L007("a name bound twice"),
  /** {@code sweep base &#123; &#125;}. */
  L008("part of the language, but not supported yet"),
  /** {@code conv(8, 3, strid = 2)}. */
  L009("an argument that is not known"),
  /** {@code conv(8)}. */
  L010("an argument is missing"),
  /** {@code dense("ten")}. */
  L011("a value of the wrong kind"),
  /** {@code input 1x28x28 -> dense(10)}. */
  L012("the layer needs a flat input"),
  /** {@code input 784 -> conv(8, 3)}. */
  L013("the layer needs an image"),
  /** {@code input 1x4x4 -> conv(8, 5)}. */
  L014("the window is larger than the image"),
  /** {@code dropout(2)}. */
  L015("a value out of range"),
  /** {@code train N on digits} where N ends with {@code dense(1)}. */
  L016("the output does not fit the loss or the data"),
  /** {@code dense(1_000_000_000)}. */
  L017("too large to run"),
  /** {@code net A &#123; relu &#125;}. */
  L018("a network starts with one input"),
  /** {@code conv(8, 3, kernel = 3)}. */
  L019("given twice, or one too many"),
  /** {@code train N on digits &#123; epoch = 3 &#125;}. */
  L020("a setting that is not known"),
  /** {@code train digits on N}. */
  L021("a name that stands for something else"),
  /** {@code train N on d &#123; epochs = test(N, d).accuracy &#125;}. */
  L022("must be known before the script runs"),
  /** {@code a = "one" + 1}. */
  L023("an operation that has no result"),
  /** {@code expect params == 3} in a network that has more. */
  L024("an expectation does not hold"),
  /** {@code train N on digits} where N starts with {@code input 784}. */
  L025("the network's input does not fit the data"),
  /** {@code add &#123; path &#123; conv(3, 3) &#125; path &#123; &#125; &#125;}. */
  L026("branches whose shapes do not fit together"),
  /** {@code block B &#123; B &#125;}. */
  L027("a block that contains itself"),
  /** {@code @enc} where nothing is called enc. */
  L028("a label that is not known"),
  /** {@code def f(x) = [x]}. */
  L029("no formula of numbers"),
  /** {@code load(N, "nowhere.safetensors")}. */
  L030("a file cannot be read or written"),
  /** {@code load(N, "of-another-net.safetensors")}. */
  L031("a file does not fit the network"),
  /** {@code optimizer = sgd(1e9)}. */
  L032("training diverged"),
  /** {@code dense(10) -> softmax} under cross_entropy. */
  L041("softmax before cross_entropy"),
  /** {@code dense(10) -> sigmoid} under cross_entropy. */
  L042("sigmoid before cross_entropy"),
  /** {@code dense(10) -> dropout} as the end of a network. */
  L043("dropout after the last layer"),
  /** {@code optimizer = sgd(100)}. */
  L044("an unusual learning rate");

  private final String summary;

  Code(String summary) {
    this.summary = summary;
  }

  /** What the code is about, in a few words. */
  public String summary() {
    return summary;
  }

  /** Codes from L040 on are warnings. */
  public Severity severity() {
    return ordinal() >= L041.ordinal() ? Severity.WARNING : Severity.ERROR;
  }
}
