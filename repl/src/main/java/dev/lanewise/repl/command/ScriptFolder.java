package dev.lanewise.repl.command;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The scripts below a folder, in the order of their paths; hidden folders are not looked into. */
final class ScriptFolder extends SimpleFileVisitor<Path> {
  private final Path top;
  private final List<String> found = new ArrayList<>();

  private ScriptFolder(Path top) {
    this.top = top;
  }

  static List<String> scripts(Path folder) throws IOException {
    ScriptFolder visitor = new ScriptFolder(folder);
    Files.walkFileTree(folder, visitor);
    return visitor.found.stream().sorted().toList();
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    boolean hidden = !folder.equals(top) && folder.getFileName().toString().startsWith(".");
    return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (file.toString().endsWith(".net") && !attributes.isDirectory()) {
      found.add(file.toString());
    }
    return FileVisitResult.CONTINUE;
  }
}
