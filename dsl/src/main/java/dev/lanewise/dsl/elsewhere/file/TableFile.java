package dev.lanewise.dsl.elsewhere.file;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A table, CSV: every line has as many cells. */
final class TableFile implements OtherFile.Reader {
  private static final Pattern CELLS = Pattern.compile("[^,;\\t(){}=]*(?:[,;\\t][^,;\\t(){}=]*)+");
  private static final int FEW = 3;

  @Override
  public Optional<OtherFile> read(String text) {
    List<String> lines = text.lines().filter(l -> !l.isBlank()).limit(20).toList();
    boolean all = lines.size() >= FEW && lines.stream().allMatch(l -> CELLS.matcher(l).matches()) && lines.stream().map(TableFile::separators).distinct().count() == 1;
    return all ? Optional.of(new OtherFile("a table (CSV)", Optional.empty())) : Optional.empty();
  }

  private static long separators(String line) {
    return line.chars().filter(c -> c == ',' || c == ';' || c == '\t').count();
  }
}
