package dev.lanewise.runtime.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The data sets that can be fetched, each with its files, their sizes and checksums.
 *
 * @param from where their authors offer them; empty if that place no longer does
 * @param unpacked of the archive, if the set is one: the files that are there once it is unpacked
 */
public record Downloads(List<RemoteFile> files, Optional<URI> from, List<String> unpacked) {
  /** The authors' page no longer hands out the files. */
  public static final Downloads MNIST =
      idx(
          Optional.empty(),
          new RemoteFile("train-images-idx3-ubyte.gz", 9_912_422,
              "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
          new RemoteFile("train-labels-idx1-ubyte.gz", 28_881,
              "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
          new RemoteFile("t10k-images-idx3-ubyte.gz", 1_648_877,
              "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
          new RemoteFile("t10k-labels-idx1-ubyte.gz", 4_542,
              "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"));

  public static final Downloads FASHION_MNIST =
      idx(
          Optional.of(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
          new RemoteFile("train-images-idx3-ubyte.gz", 26_421_880,
              "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
          new RemoteFile("train-labels-idx1-ubyte.gz", 29_515,
              "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
          new RemoteFile("t10k-images-idx3-ubyte.gz", 4_422_102,
              "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
          new RemoteFile("t10k-labels-idx1-ubyte.gz", 5_148,
              "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"));

  public static final Downloads CIFAR10 =
      new Downloads(
          List.of(
              new RemoteFile("cifar-10-binary.tar.gz", 170_052_171,
                  "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
          Optional.of(URI.create("https://www.cs.toronto.edu/~kriz/")),
          List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin",
              "test_batch.bin"));

  /** Of MedMNIST: sizes and sums as TensorFlow Datasets knows them, too. */
  public static final Downloads PNEUMONIA =
      new Downloads(
          List.of(new RemoteFile("pneumoniamnist.npz", 4_170_669, "e1792d3f03751cb101e99f19a63b3c1941436c988665f47853417b05be250cd8")),
          Optional.of(URI.create("https://zenodo.org/records/10519652/files/")), List.of());

  /** CIFAR-10 unpacked has 184 MB. */
  private static final long MOST = 400_000_000;

  public Downloads {
    files = List.copyOf(files);
    unpacked = List.copyOf(unpacked);
  }

  private static Downloads idx(Optional<URI> from, RemoteFile... files) {
    return new Downloads(List.of(files), from, List.of());
  }

  /**
   * Fetches what is not there.
   *
   * @param mirror a folder on the web with the same files, in place of the authors'
   * @return false if it was stopped
   * @throws IOException naming the address, and what to do
   */
  public boolean fetch(Path folder, URI mirror, Duration patience, FetchListener listener,
      BooleanSupplier stop) throws IOException {
    if (!unpacked.isEmpty() && unpacked.stream().allMatch(f -> Files.exists(folder.resolve(f)))) {
      return true;
    }
    try (Fetch fetch = new Fetch(mirror, patience, listener, stop)) {
      for (RemoteFile file : files) {
        if (!fetch.into(folder, file)) {
          return false;
        }
      }
    }
    if (!unpacked.isEmpty()) {
      TarGz.unpack(folder.resolve(files.getFirst().name()), folder, MOST);
    }
    return true;
  }
}
