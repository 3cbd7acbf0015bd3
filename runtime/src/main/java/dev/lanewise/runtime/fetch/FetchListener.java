package dev.lanewise.runtime.fetch;

/** Told how fetching comes along. */
public interface FetchListener {
  /** @param done bytes of the file that are here, those of an earlier attempt included */
  void on(RemoteFile file, long done);
}
