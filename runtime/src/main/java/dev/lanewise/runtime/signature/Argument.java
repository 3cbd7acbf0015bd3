package dev.lanewise.runtime.signature;

import java.util.List;

/**
 * One argument of a layer, loss, optimiser, data source or verb, as users write it.
 *
 * @param fallback the value when it is not given; null if it must be given
 * @param doc one phrase for the help
 */
public record Argument(String name, Kind type, Object fallback, String doc) {
  /** Values of the language. They arrive as Integer, Double, Boolean and String, those of a shape as a list of Integer. */
  public enum Type implements Kind {
    /** At least 0. */
    INTEGER("a whole number"),
    NUMBER("a number"),
    FLAG("`true` or `false`"),
    /** As {@link dev.lanewise.runtime.tensor.Sides}: an Integer, or a list of two; so do the next two. */
    SIDES("a whole number, or two such as 3x5"),
    PADDING("a whole number, two such as 1x2, or `same`", "same"),
    WINDOW("a whole number, two such as 2x1, or `global`", "global"),
    CHANNELS("`auto`, `first` or `last`", "auto", "first", "last"),
    /** What a normalisation is over. */
    OVER("`auto`, `channels` or `all`", "auto", "channels", "all"),
    INTERPOLATION("`nearest` or `bilinear`", "nearest", "bilinear"),
    /** As behind {@code input}. */
    SHAPE("a shape, such as 16x4x4"),
    TEXT("a text in quotes"),
    /** Another value of the network. It arrives as its {@link dev.lanewise.runtime.tensor.Shape}; the default is "" for none. */
    VALUE("a labelled value, such as @memory"),
    /** Such as {@code val.loss}. It arrives as a String. */
    MEASURE("a measure of an epoch"),
    NUMBERS("a list of numbers"),
    /** How a weight gets its first values, such as {@code he_normal}. */
    INITIALIZATION("an initialiser"),
    /** What a network is given of a sound, such as {@code mel(40)}. */
    FEATURES("`wave`, `mel(…)` or `mfcc(…)`"),
    /** Which part of a sound. */
    STRETCH("`begin`, `middle` or `loudest`", "begin", "middle", "loudest"),
    /** What made sentences are written in. */
    LANGUAGE("`english` or `chinese`", "english", "chinese"),
    /** A column of a table: its name, in quotes if it is no single word, or its number, counted from 1. It arrives as a String. */
    COLUMN("a column's name or number"),
    /** One such column, or a list of them. They arrive as a list of Strings. */
    COLUMNS("a column's name or number, or a list of such"),
    /** One name, in quotes if it is no single word, or a list of them. They arrive as a list of Strings. */
    NAMES("a name, or a list of names"),
    /** What texts are cut by. It arrives as a String: a word, {@code bpe 1000}, or {@code file NAME}. */
    CUT("`character`, `word`, `byte`, `bpe(1_000)`, or the name of a tokenizer.json of Hugging Face", "character", "word", "byte"),
    /** What becomes of columns of words. */
    WORDS("`onehot` or `index`", "onehot", "index"),
    /** What becomes of gaps. It arrives as a String or a Double. */
    MISSING("`skip`, `mean` or a number", "skip", "mean"),
    /** Where an attack begins. */
    START("`none` or `random`", "none", "random");

    private final String what;
    private final List<String> words;

    Type(String what, String... words) {
      this.what = what;
      this.words = List.of(words);
    }

    @Override
    public String what() {
      return what;
    }

    @Override
    public List<String> words() {
      return words;
    }
  }

  public static Argument required(String name, Kind type, String doc) {
    return new Argument(name, type, null, doc);
  }

  public static Argument optional(String name, Kind type, Object fallback, String doc) {
    return new Argument(name, type, fallback, doc);
  }

  public boolean isRequired() {
    return fallback == null;
  }
}
