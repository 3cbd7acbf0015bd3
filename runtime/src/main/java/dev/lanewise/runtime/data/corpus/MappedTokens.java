package dev.lanewise.runtime.data.corpus;

import dev.lanewise.runtime.data.text.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Tokens of a text that stays in its file: pieces of it are cut when they are asked for, and a few of them are remembered. */
final class MappedTokens implements TokenRow {
  private static final int REMEMBERED = 64;

  private record Piece(int number, int[] tokens) {}

  private final TextPieces pieces;
  private final Vocabulary vocabulary;
  /** How many tokens come before each piece; at the end, how many there are. */
  private final long[] before;
  private final AtomicReferenceArray<Piece> remembered = new AtomicReferenceArray<>(REMEMBERED);

  MappedTokens(TextPieces pieces, Vocabulary vocabulary) throws IOException {
    this.pieces = pieces;
    this.vocabulary = vocabulary;
    before = new long[pieces.count() + 1];
    for (int i = 0; i < pieces.count(); i++) {
      before[i + 1] = before[i] + vocabulary.tokens(pieces.text(i)).length;
    }
  }

  @Override
  public long size() {
    return before[before.length - 1];
  }

  @Override
  public void read(long from, int count, float[] out, int offset, int stride) {
    int piece = Arrays.binarySearch(before, from);
    piece = piece < 0 ? -piece - 2 : piece;
    for (int i = 0; i < count; piece++) {
      int[] tokens = tokens(piece);
      for (int at = (int) (from + i - before[piece]); at < tokens.length && i < count; at++) {
        out[offset + i++ * stride] = tokens[at];
      }
    }
  }

  private int[] tokens(int number) {
    Piece piece = remembered.get(number % REMEMBERED);
    if (piece == null || piece.number != number) {
      try {
        piece = new Piece(number, vocabulary.tokens(pieces.text(number)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      remembered.set(number % REMEMBERED, piece);
    }
    return piece.tokens;
  }

  @Override
  public boolean isOnDisk() {
    return true;
  }
}
