package dev.lanewise.dsl.check.data;

import static dev.lanewise.runtime.signature.Argument.optional;

import dev.lanewise.dsl.meaning.CheckedData.Download;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.runtime.fetch.Downloads;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Data sets that everybody knows: they lie in a folder, or are fetched into one, where a script asks for it. */
final class KnownSets {
  private KnownSets() {}

  static Signature signature(String name, String summary, String files) {
    return Signature.of(
        name, summary,
        optional("folder", Type.TEXT, "", "where " + files + " are"),
        optional("download", Type.TEXT, "", "the same, but what is not there is fetched"),
        optional("mirror", Type.TEXT, "", "address of a folder with the files, if not from the authors"));
  }

  static Origin digits(String kind, Downloads files, Arguments a, Places places) {
    return new Origin.Digits(kind, folder(kind, a, places), download(files, a, places));
  }

  static Origin cifar10(Arguments a, Places places) {
    return new Origin.Cifar(folder("cifar10", a, places), download(Downloads.CIFAR10, a, places));
  }

  private static Path folder(String kind, Arguments a, Places places) {
    return places.optionalData(a.text("folder") + a.text("download")).orElseGet(() -> places.known(kind));
  }

  private static Optional<Download> download(Downloads files, Arguments a, Places places) {
    String mirror = a.text("mirror");
    if (a.text("download").isEmpty()) {
      if (!mirror.isEmpty()) {
        throw new IllegalArgumentException("mirror says from where: say with download = \"folder\" that and whereto");
      }
      return Optional.empty();
    }
    if (!a.text("folder").isEmpty()) {
      throw new IllegalArgumentException("folder and download are the same place: give one of them");
    }
    URI from = mirror.isEmpty()
        ? files.from().orElseThrow(
            () -> new IllegalArgumentException(
                "the authors no longer hand out the files: name a folder on the web that has them, mirror = \"https://…/\""))
        : mirror(mirror);
    return Optional.of(new Download(files, from, places.data(a.text("download"))));
  }

  private static URI mirror(String mirror) {
    URI uri = URI.create(mirror.endsWith("/") ? mirror : mirror + "/");
    if (uri.getHost() == null || !"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException("mirror is an address that begins with http:// or https://, not \"" + mirror
          + "\"");
    }
    return uri;
  }
}
