package dev.lanewise.runtime.data;

/**
 * Examples of which nobody knows what is to be learned of them: a network can be asked about them, and that is all.
 *
 * @param target what is learned of others of their kind
 */
public record Unanswered(Dataset of, Target target) implements View {
  @Override
  public boolean isAnswered() {
    return false;
  }

  @Override
  public int label(int index) {
    return 0;
  }

  @Override
  public void readTarget(int index, float[] out, int offset, int stride) {
    for (int i = 0; i < target.shape().size(); i++) {
      out[offset + i * stride] = 0;
    }
  }

  @Override
  public Dataset as(Encoding encoding) {
    return new Unanswered(of.as(encoding), target);
  }

  @Override
  public Dataset normalized(Normalization normalization) {
    return new Unanswered(of.normalized(normalization), target);
  }

  @Override
  public Dataset normalized(int field, Normalization normalization) {
    return new Unanswered(of.normalized(field, normalization), target);
  }
}
