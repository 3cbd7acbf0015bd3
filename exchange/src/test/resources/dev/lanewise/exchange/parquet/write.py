"""Writes the tables of this folder: pip install pyarrow==25.0.1, then python write.py. trees.csv has the same rows as trees.parquet."""
import datetime
import decimal
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

rows = 40
kinds = ["oak", "ash", "柳树"]
trees = pa.table({
    "height": pa.array([0.25 * i - 3 for i in range(rows)], pa.float64()),
    "girth": pa.array([0.5 * i for i in range(rows)], pa.float32()),
    "rings": pa.array([7 * i % 50 for i in range(rows)], pa.int32()),
    "seeds": pa.array([i * 1000 for i in range(rows)], pa.int64()),
    "small": pa.array([i % 100 for i in range(rows)], pa.int8()),
    "wide": pa.array([2**32 - 1 - i * 2**20 for i in range(rows)], pa.uint32()),
    "wider": pa.array([2**64 - 2**45 * (i * i + 1) for i in range(rows)], pa.uint64()),
    "price": pa.array([decimal.Decimal(i) / 4 for i in range(rows)], pa.decimal128(9, 2)),
    "alive": pa.array([i % 3 == 0 for i in range(rows)], pa.bool_()),
    "place": pa.array([["hill", "river, bank"][i % 2] for i in range(rows)], pa.string()),
    "kind": pa.array([kinds[i // 2 % 3] for i in range(rows)], pa.string()),
})
gaps = pa.table({
    "height": pa.array([1.5, None, 3.5, 4.5], pa.float64()),
    "seen": pa.array([datetime.date(2024, 2, 29 - i) for i in range(4)], pa.date32()),
    "kind": pa.array(["oak", "ash", None, "ash"], pa.string()),
})
nested = pa.table({"height": [1.0, 2.0], "leaves": pa.array([[1, 2], [3]], pa.list_(pa.int32())), "kind": ["oak", "ash"]})

pq.write_table(trees, "trees.parquet", row_group_size=16)  # snappy
for compression in ["none", "gzip", "zstd", "brotli"]:
    pq.write_table(trees, f"{compression}.parquet", compression=compression, row_group_size=16)
pq.write_table(trees, "plain.parquet", use_dictionary=False, data_page_version="2.0")
pq.write_table(gaps, "gaps.parquet")
pq.write_table(nested, "nested.parquet")
pq.write_table(nested.select(["kind"]), "single.parquet")
written = trees.set_column(8, "alive", pa.array([1 if a else 0 for a in trees["alive"].to_pylist()], pa.int8()))
pyarrow.csv.write_csv(written, "trees.csv")
