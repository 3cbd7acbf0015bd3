/** Networks that come from other programs and go to them. */
module dev.lanewise.exchange {
  requires dev.lanewise.dsl;
  requires com.google.protobuf;
  requires dev.hardwood.core;
  requires io.jhdf;
  requires java.logging;
  // For Hardwood, whose jar says of no module what it needs.
  requires jdk.jfr;
  requires org.tribuo.util.onnx;

  provides dev.lanewise.dsl.exchange.Exporter with
      dev.lanewise.exchange.onnx.OnnxExporter,
      dev.lanewise.exchange.torch.TorchExporter;
  provides dev.lanewise.dsl.exchange.Importer with
      dev.lanewise.exchange.onnx.read.OnnxImporter,
      dev.lanewise.exchange.keras.KerasImporter;
  provides dev.lanewise.runtime.data.foreign.TableForm with
      dev.lanewise.exchange.parquet.ParquetForm;
  provides dev.lanewise.dsl.exchange.StateReader with
      dev.lanewise.exchange.torch.read.StateDict;
}
