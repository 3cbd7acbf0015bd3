package dev.lanewise.runtime.data.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file is that should be another, by its first bytes; with what can be done if it should be a table. */
enum FileKind {
  ZIP("PK\3\4", "a spreadsheet (.xlsx) or another zip archive", ": open it, and save the table as CSV"),
  XLS("\u00d0\u00cf\u0011\u00e0", "an old spreadsheet (.xls)", ": open it, and save the table as CSV"),
  PARQUET("PAR1", "a Parquet file", ": save the table as CSV, for example with pandas: read_parquet(…).to_csv(…, index=False)"),
  ARROW("ARROW1", "an Arrow file", ": save the table as CSV"),
  NPY("\u0093NUMPY", "a NumPy array", ": `npy(…)` reads it"),
  GZIP("\u001f\u008b", "packed with gzip", ": unpack it first"),
  BZIP("BZh", "packed with bzip2", ": unpack it first"),
  ZSTD("(\u00b5/\u00fd", "packed with zstd", ": unpack it first"),
  MATLAB("MATLAB 5.0", "a MATLAB file", ": save the table as CSV"),
  PICKLE("\u0080\4", "a pickle of Python", ": save the table as CSV"),
  ARFF("@relation", "an ARFF file", ": save the table as CSV, or remove all lines down to @data, and name the columns in a first line"),
  HDF("\u0089HDF", "an HDF5 file", ": save the table as CSV"),
  SQLITE("SQLite format 3", "a SQLite database", ": export the table as CSV"),
  PDF("%PDF", "a PDF document", ": save the table as CSV"),
  PNG("\u0089PNG", "a picture", ": `images(…)` reads folders of them"),
  JPEG("\u00ff\u00d8\u00ff", "a picture", ": `images(…)` reads folders of them"),
  HTML("<!DOCTYPE", "a web page", ", not the table itself: download the raw file"),
  PAGE("<html", "a web page", ", not the table itself: download the raw file"),
  JSON("{", "JSON", ": save the table as CSV"),
  RECORDS("[{", "JSON", ": save the table as CSV"),
  UTF32("\u00ff\u00fe\0\0", "text in UTF-32", ": save it as UTF-8");

  private final String start;
  private final String what;
  private final String remedy;

  FileKind(String start, String what, String remedy) {
    this.start = start;
    this.what = what;
    this.remedy = remedy;
  }

  /** Of what should be a table. @param head the first bytes of the file */
  static Optional<String> told(byte[] head) {
    return of(head).map(kind -> "offset 0: this is " + kind.what + kind.remedy);
  }

  /** {@code , but an HDF5 file}; empty if it is not known. @param head the first bytes of the file */
  static String instead(byte[] head) {
    return of(head).map(kind -> ", but " + kind.what).orElse("");
  }

  private static Optional<FileKind> of(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return Stream.of(values()).filter(kind -> text.regionMatches(true, 0, kind.start, 0, kind.start.length())).findFirst();
  }
}
