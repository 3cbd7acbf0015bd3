package dev.lanewise.repl.play;

/** A wish that cannot be met, in a sentence for whoever has it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String remedy;

  /** @param status of HTTP */
  Refusal(int status, String sentence, String remedy) {
    super(sentence, null, false, false);
    this.status = status;
    this.remedy = remedy;
  }

  /** Something is wrong with what was asked. */
  static Refusal of(String sentence, String remedy) {
    return new Refusal(400, sentence, remedy);
  }

  int status() {
    return status;
  }

  String remedy() {
    return remedy;
  }
}
