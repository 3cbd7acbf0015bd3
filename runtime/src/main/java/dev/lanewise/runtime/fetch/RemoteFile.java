package dev.lanewise.runtime.fetch;

/**
 * A file that is known before it is fetched.
 *
 * @param name in the folder it comes from, and in the one it is put into
 * @param size in bytes
 * @param sha256 of its bytes, in hexadecimal digits
 */
public record RemoteFile(String name, long size, String sha256) {
  public RemoteFile {
    if (!sha256.matches("[0-9a-f]{64}") || size < 1 || name.contains("/") || name.contains("\\")) {
      throw new IllegalArgumentException("a file needs a plain name, a size and a SHA-256, not " + name + ", " + size
          + ", " + sha256);
    }
  }
}
