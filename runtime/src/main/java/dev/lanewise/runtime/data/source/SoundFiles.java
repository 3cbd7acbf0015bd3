package dev.lanewise.runtime.data.source;

import dev.lanewise.runtime.data.format.sound.SoundFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * The sounds of a folder, each with its class: in a subfolder for each class, or all in the folder, with the class in the files' names. What else is
 * common is told, with what would be right.
 *
 * @param names what the files' names tell; empty where that is not said
 * @param group the words in {@code names} by which sounds belong together
 */
record SoundFiles(Path folder, Optional<SoundNames> names, List<String> group) {
  private static final Pattern BEFORE = Pattern.compile("(.+?)[_\\- ].*");
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(zip|tar|tar\\.[a-z0-9]+|tgz|txz|7z)");

  /** @param group what all that belong together have alike; each has one of its own where nothing is said */
  record Item(Path file, String label, String group) {
    String name() {
      return file.getFileName().toString();
    }
  }

  /**
   * In the order of their names, class by class.
   *
   * @throws IOException saying what the folder has instead, and what to do
   */
  List<Item> all() throws IOException {
    if (Files.isRegularFile(folder)) {
      boolean archive = ARCHIVE.matcher(folder.getFileName().toString().toLowerCase(Locale.ROOT)).matches();
      throw new IOException(folder + (archive ? ": this is an archive: unpack it, and name the folder that it makes" : ": expected a folder of sounds, found a file"));
    }
    List<Path> flat = sounds(folder);
    List<Item> items = new ArrayList<>();
    for (Path file : flat) {
      items.add(item(file, Optional.empty()));
    }
    for (Path own : flat.isEmpty() ? ClassFolders.folders(folder) : List.<Path>of()) {
      for (Path file : sounds(own)) {
        items.add(item(file, Optional.of(own.getFileName().toString())));
      }
    }
    if (items.isEmpty()) {
      throw new IOException(folder + ": there are no sounds in this folder, nor in folders in it");
    }
    return items;
  }

  /** Of a folder, by name. */
  static List<Path> sounds(Path folder) throws IOException {
    List<Path> sounds = new ArrayList<>();
    for (Path file : ClassFolders.sorted(folder)) {
      if (Files.isRegularFile(file) && SoundFile.isMeant(file)) {
        sounds.add(file);
      }
    }
    return sounds;
  }

  private Item item(Path file, Optional<String> ofFolder) throws IOException {
    String stem = stem(file);
    if (names.isEmpty()) {
      Matcher before = BEFORE.matcher(stem);
      if (ofFolder.isEmpty() && !before.matches()) {
        throw new IOException(
            file + ": which class is this? It is what stands before the first `_`, `-` or space of a name, or the name of its folder; or say it, for example names = \"{class}_{take}\"");
      }
      return new Item(file, ofFolder.orElseGet(() -> before.group(1)), file.toString());
    }
    SoundNames own = names.get();
    Map<String, String> read = own.read(stem).orElseThrow(() -> new IOException(file + ": its name is not of the form " + own));
    String label = own.fields().contains(SoundNames.CLASS) ? read.get(SoundNames.CLASS) : ofFolder.orElse(null);
    if (label == null) {
      throw new IOException(file + ": which class is this? The folder has no subfolders, and there is no class in names = \"" + own + "\"");
    }
    return new Item(file, label, group.isEmpty() ? file.toString() : group.stream().map(read::get).collect(Collectors.joining(" ")));
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  /** Whether a text is a pattern of names, not a name: it has one of the signs *, ?, [ and {. */
  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /**
   * Those whose name is of the form: {@code *_[0-4]}, {@code *_jackson_*}, {@code {cat,dog}/7*}; with or without its ending, or with the folder of its class.
   *
   * @throws IllegalArgumentException if it is no pattern
   */
  List<Item> matching(List<Item> items, String pattern) {
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return items.stream().filter(i -> matches(matcher, i.file)).toList();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("test: \"" + pattern + "\" is no pattern of names", e);
    }
  }

  private boolean matches(PathMatcher matcher, Path file) {
    Path within = folder.relativize(file);
    return matcher.matches(file.getFileName()) || matcher.matches(Path.of(stem(file))) || matcher.matches(within) || matcher.matches(within.resolveSibling(stem(file)));
  }
}
