package dev.lanewise.dsl.check.data;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.meaning.CheckedData.Download;
import dev.lanewise.dsl.meaning.CheckedData.Origin;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.runtime.data.source.MedMnist;
import dev.lanewise.runtime.data.source.Mnist;
import dev.lanewise.runtime.fetch.Downloads;
import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Data sets that everybody knows: they lie in a folder, or are fetched into one, where a script asks for it. */
final class KnownSets {
  private KnownSets() {}

  static Signature signature(String name, String summary, String files, Argument... more) {
    List<Argument> arguments = new ArrayList<>(List.of(
        optional("folder", Type.TEXT, "", "where " + files + " are"),
        optional("download", Type.TEXT, "", "the same, but what is not there is fetched"),
        optional("mirror", Type.TEXT, "", "address of a folder with the files, if not from the authors")));
    arguments.addAll(List.of(more));
    return Signature.of(name, summary, arguments.toArray(Argument[]::new));
  }

  /** Of a set in the form of MNIST. */
  static Signature digits(String name, String summary) {
    return signature(
        name, summary, "the four files",
        optional("set", Type.TEXT, "", "what stands before the files' names, if several sets are in the folder: emnist-letters"));
  }

  static Origin digits(String kind, Downloads files, Arguments a, Places places) {
    Path folder = folder(kind, a, places);
    Optional<Download> download = download(files, a, places);
    String set = a.text("set");
    if (download.isPresent() && !set.isEmpty()) {
      throw new IllegalArgumentException("download fetches one set, whose files have no name before theirs: leave out `set`");
    }
    return new Origin.Digits(kind, folder, set, download, opened(folder, set, download.isPresent()));
  }

  /** Files that are not there yet, or are to be fetched again, cannot be looked at. */
  private static Optional<Mnist> opened(Path folder, String set, boolean fetches) {
    try {
      return Mnist.isThere(folder) ? Optional.of(Mnist.open(folder, set, 0)) : Optional.empty();
    } catch (IOException e) {
      if (fetches) {
        return Optional.empty();
      }
      throw new UncheckedIOException(e);
    }
  }

  static Origin cifar10(Arguments a, Places places) {
    return new Origin.Cifar(folder("cifar10", a, places), download(Downloads.CIFAR10, a, places));
  }

  static Signature medical() {
    List<Argument> arguments = new ArrayList<>(List.of(required("set", Type.TEXT, "which: " + String.join(", ", MedMnist.ALL.stream().map(MedMnist::name).toList()))));
    arguments.addAll(signature("medmnist", "", "the .npz files").arguments());
    return Signature.of(
        "medmnist", "medical images of 28x28 (MedMNIST v2, Yang et al. 2023), with a part to validate on; for learning, not for treating anybody",
        arguments.toArray(Argument[]::new));
  }

  static Origin medical(Arguments a, Places places) {
    String name = a.text("set");
    MedMnist set = MedMnist.named(name).orElseThrow(() -> new IllegalArgumentException(
        "there is no set `" + name + "`, but " + String.join(", ", MedMnist.ALL.stream().map(MedMnist::name).toList())));
    if (!name.equals("pneumonia") && !a.text("download").isEmpty()) {
      throw new IllegalArgumentException(
          "download fetches the set pneumonia alone: put " + set.file() + " of https://zenodo.org/records/10519652 into a folder, and name that");
    }
    return new Origin.Medical(set, folder("medmnist", a, places), download(Downloads.PNEUMONIA, a, places));
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
