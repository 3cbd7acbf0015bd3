package dev.lanewise.exchange.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import dev.lanewise.runtime.data.foreign.TableForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  @Override
  public String mark() {
    return "PAR1";
  }

  @Override
  public Rows open(Path file) throws IOException {
    return new Table(file);
  }

  private static final class Table implements Rows {
    private final Path file;
    private final ParquetFileReader reader;
    private final List<ColumnSchema> columns;
    private final RowReader rows;
    private long row;

    Table(Path file) throws IOException {
      this.file = file;
      ParquetFileReader opened = null;
      try {
        opened = ParquetFileReader.open(InputFile.of(file));
        columns = opened.getFileSchema().getColumns();
        rows = opened.rowReader();
      } catch (IOException | RuntimeException | LinkageError e) {
        close(opened);
        throw fault(e);
      }
      reader = opened;
      Optional<ColumnSchema> nested = columns.stream().filter(c -> c.maxRepetitionLevel() > 0 || c.fieldPath().elements().size() > 1).findFirst();
      if (nested.isPresent()) {
        close();
        throw new IOException(file + ": the column `" + nested.get().fieldPath().elements().getFirst() + "` holds lists or records: a table has a number or a word in each cell");
      }
    }

    private static void close(ParquetFileReader opened) throws IOException {
      if (opened != null) {
        opened.close();
      }
    }

    /** What the library throws, whatever a file has in it. */
    private IOException fault(Throwable e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String said = String.valueOf(cause.getMessage());
      Matcher compressed = COMPRESSION.matcher(said);
      if (cause instanceof LinkageError || cause instanceof UnsupportedOperationException && compressed.find()) {
        return new IOException(file + ": it is compressed in a way that is not read here (" + said.lines().findFirst().orElse("") + "): write it with compression = snappy, zstd or gzip", e);
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
      try {
        if (!rows.hasNext()) {
          return false;
        }
        row++;
        rows.next();
        return true;
      } catch (RuntimeException | LinkageError e) {
        throw fault(e);
      }
    }

    @Override
    public float number(int column) throws IOException {
      try {
        ColumnSchema c = columns.get(column);
        return rows.isNull(column) ? Float.NaN
            : isDecimal(c) ? rows.getDecimal(column).floatValue()
            : c.type() == PhysicalType.BOOLEAN ? rows.getBoolean(column) ? 1 : 0
            : c.type() == PhysicalType.FLOAT ? rows.getFloat(column)
            : c.type() == PhysicalType.DOUBLE ? (float) rows.getDouble(column)
            : ((Number) rows.getRawValue(column)).floatValue();
      } catch (RuntimeException e) {
        throw fault(e);
      }
    }

    @Override
    public String text(int column) throws IOException {
      try {
        if (rows.isNull(column)) {
          return "";
        }
        ColumnSchema c = columns.get(column);
        if (c.type() == PhysicalType.BOOLEAN) {
          return rows.getBoolean(column) ? "1" : "0";
        }
        boolean text = c.type() == PhysicalType.BYTE_ARRAY && !isDecimal(c);
        return text ? rows.getString(column) : isDecimal(c) ? rows.getDecimal(column).toPlainString() : String.valueOf(rows.getValue(column));
      } catch (RuntimeException e) {
        throw fault(e);
      }
    }

    @Override
    public void close() throws IOException {
      try (reader) {
        rows.close();
      }
    }
  }
}
