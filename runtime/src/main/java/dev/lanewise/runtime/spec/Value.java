package dev.lanewise.runtime.spec;

import dev.lanewise.runtime.tensor.Shape;

/** A tensor in a graph: written once, by an operation, or given from outside. */
public record Value(int id, String name, Type type) {
  public Shape shape() {
    return type.shape();
  }

  public boolean isShared() {
    return type.kind() == Type.Kind.SHARED;
  }

  /** Whether it is the values of all examples of the batch. */
  public boolean isGathered() {
    return type.kind() == Type.Kind.GATHERED;
  }

  /** Values are looked up all the time, and the number alone tells those of a graph apart. */
  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return "%" + id + " " + name;
  }
}
