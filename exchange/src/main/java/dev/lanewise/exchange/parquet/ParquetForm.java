package dev.lanewise.exchange.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import dev.lanewise.runtime.data.foreign.TableForm;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parquet files as pandas, Polars, DuckDB and Spark write them: columns of numbers, of true and false (1 and 0), texts, dates and times; uncompressed, or compressed by gzip, snappy or
 * zstd.
 *
 * <pre>{@code
 * try (TableForm.Rows rows = new ParquetForm().open(Path.of("flights.parquet"))) { … }
 * }</pre>
 */
public final class ParquetForm implements TableForm {
  /** How the library calls a form of compression that it finds no library for. */
  private static final Pattern COMPRESSION = Pattern.compile("\\b(LZ4_RAW|LZ4|BROTLI|LZO|ZSTD|SNAPPY)\\b", Pattern.CASE_INSENSITIVE);

  /** After so long without a row the library is taken to wait for ever, as it may where a file is damaged. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CHUNK = 1_024;
  /** What the library logs is for nobody. */
  private static final Logger LOG = Logger.getLogger("dev.hardwood");

  static {
    LOG.setLevel(Level.OFF);
  }

  private final Duration patience;

  /** With all patience. */
  public ParquetForm() {
    this(PATIENCE);
  }

  /** @param patience how long rows may let themselves be waited for */
  ParquetForm(Duration patience) {
    this.patience = patience;
  }

  @Override
  public String mark() {
    return "PAR1";
  }

  @Override
  public Rows open(Path file) throws IOException {
    return new Table(file, patience);
  }

  private static final class Table implements Rows {
    private final Path file;
    private final Duration patience;
    /** Reads, so that it can be given up. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(r -> Thread.ofPlatform().daemon().name("parquet").unstarted(r));
    private ParquetFileReader reader;
    private List<ColumnSchema> columns;
    private RowReader rows;
    /** Of each column some rows' values. */
    private Object[][] chunk;
    private int count;
    private int at = -1;
    private long row;

    Table(Path file, Duration patience) throws IOException {
      this.file = file;
      this.patience = patience;
      waited(() -> {
        reader = ParquetFileReader.open(InputFile.of(file));
        columns = reader.getFileSchema().getColumns();
        return columns;
      });
      Optional<ColumnSchema> nested = columns.stream().filter(c -> c.maxRepetitionLevel() > 0 || c.fieldPath().elements().size() > 1).findFirst();
      if (nested.isPresent()) {
        close();
        throw new IOException(file + ": the column `" + nested.get().fieldPath().elements().getFirst() + "` holds lists or records: a table has a number or a word in each cell");
      }
      chunk = new Object[columns.size()][CHUNK];
      waited(() -> rows = reader.rowReader());
    }

    private <T> T waited(Callable<T> work) throws IOException {
      try {
        return thread.submit(work).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        close();
        // No memory, or a part of the library that is missing, says nothing of the file.
        switch (e.getCause()) {
          case VirtualMachineError error -> throw error;
          case LinkageError error -> throw error;
          case Throwable other -> throw fault(other);
        }
      } catch (TimeoutException e) {
        thread.shutdownNow();
        throw fault(new IOException("it cannot be read to its end"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(file + ": reading was interrupted", e);
      }
    }

    /** The rows that follow, as many as a chunk holds. */
    private int read() {
      int n = 0;
      for (; n < CHUNK && rows.hasNext(); n++) {
        rows.next();
        for (int c = 0; c < chunk.length; c++) {
          chunk[c][n] = value(c);
        }
      }
      return n;
    }

    private Object value(int column) {
      ColumnSchema c = columns.get(column);
      return rows.isNull(column) ? null
          : isDecimal(c) ? rows.getDecimal(column)
          : isNumber(column) ? number(c, rows.getRawValue(column))
          : c.type() == PhysicalType.BYTE_ARRAY ? rows.getString(column)
          : String.valueOf(rows.getValue(column));
    }

    /** Whole numbers without a sign come as bits. */
    private static Object number(ColumnSchema column, Object raw) {
      boolean unsigned = column.logicalType() instanceof LogicalType.IntType type && !type.isSigned();
      return switch (raw) {
        case Integer bits when unsigned -> Integer.toUnsignedLong(bits);
        case Long bits when unsigned -> new BigDecimal(Long.toUnsignedString(bits));
        default -> raw;
      };
    }

    /** What the library throws, whatever a file has in it. */
    private IOException fault(Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String said = String.valueOf(cause.getMessage());
      Matcher compressed = COMPRESSION.matcher(said);
      if (cause instanceof UnsupportedOperationException && compressed.find()) {
        return new IOException(file + ": it is compressed by " + compressed.group(1).toLowerCase(Locale.ROOT) + ", which is not read here: write it with compression = snappy, zstd or gzip", e);
      }
      String where = row > 0 ? "row " + row + ": " : "";
      return new IOException(file + ": " + where + "the Parquet file is damaged: " + said.lines().findFirst().orElse(""), e);
    }

    @Override
    public List<String> names() {
      return columns.stream().map(ColumnSchema::name).toList();
    }

    @Override
    public boolean isNumber(int column) {
      ColumnSchema c = columns.get(column);
      return switch (c.type()) {
        case BOOLEAN, FLOAT, DOUBLE -> true;
        case INT32, INT64 -> c.logicalType() == null || c.logicalType() instanceof LogicalType.IntType || isDecimal(c);
        case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> isDecimal(c);
        case INT96 -> false;
      };
    }

    private static boolean isDecimal(ColumnSchema column) {
      return column.logicalType() instanceof LogicalType.DecimalType;
    }

    @Override
    public boolean next() throws IOException {
      if (++at >= count) {
        count = waited(this::read);
        at = 0;
      }
      row++;
      return count > 0;
    }

    @Override
    public float number(int column) {
      return switch (chunk[column][at]) {
        case null -> Float.NaN;
        case Boolean b -> b ? 1 : 0;
        case Number n -> n.floatValue();
        case Object other -> throw new IllegalArgumentException(names().get(column) + " is no column of numbers: " + other);
      };
    }

    @Override
    public String text(int column) {
      return switch (chunk[column][at]) {
        case null -> "";
        case Boolean b -> b ? "1" : "0";
        case BigDecimal d -> d.toPlainString();
        case Object other -> other.toString();
      };
    }

    @Override
    public void close() throws IOException {
      if (thread.isShutdown()) {
        return;
      }
      thread.shutdown();
      try (ParquetFileReader last = reader) {
        if (rows != null) {
          rows.close();
        }
      }
    }
  }
}
