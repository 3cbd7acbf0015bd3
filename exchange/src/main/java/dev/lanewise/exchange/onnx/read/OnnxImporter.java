package dev.lanewise.exchange.onnx.read;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.lanewise.dsl.exchange.Importer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** ONNX files as scripts. */
public final class OnnxImporter implements Importer {
  private static final int OLDEST = 1;
  private static final int NEWEST = 25;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  @Override
  public List<String> endings() {
    return List.of(".onnx");
  }

  @Override
  public Imported read(Path file, Wishes wishes) throws IOException {
    ModelProto model = model(file);
    int opset = 0;
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        opset = (int) Math.max(0, Math.min(Integer.MAX_VALUE, set.getVersion()));
      }
    }
    if (!model.hasGraph()) {
      throw new IOException(file + " is no ONNX file: it has no graph");
    }
    if (opset < OLDEST || opset > NEWEST) {
      throw new IOException(file + " has operators of version " + opset + " (opset); versions " + OLDEST + " to " + NEWEST + " are read");
    }
    return of(model.getGraph(), opset, file, wishes);
  }

  /** A graph of the operators that was put together here. @param file what the network is named after, if nothing else is wished */
  public static Imported of(GraphProto graph, int opset, Path file, Wishes wishes) throws IOException {
    return new Reading(graph, opset, new Tensors(file.toAbsolutePath().getParent()), wishes).read(wishes.net().isEmpty() ? name(file) : wishes.net());
  }

  private static ModelProto model(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is larger than 2 GB, which no ONNX file is: its weights can lie beside it");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      // Weights stay where they are in the file.
      CodedInputStream coded = UnsafeByteOperations.unsafeWrap(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())).newCodedInput();
      coded.enableAliasing(true);
      return ModelProto.parseFrom(coded);
    } catch (InvalidProtocolBufferException e) {
      throw new IOException(file + " is no ONNX file, or was cut off", e);
    }
  }

  /** A name for the network, of that of the file: {@code resnet-18.onnx} is Resnet18. */
  static String name(Path file) {
    StringBuilder name = new StringBuilder();
    for (String word : file.getFileName().toString().replaceFirst("\\.[^.]*$", "").split("[^\\p{L}\\p{Nd}]+")) {
      name.append(word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "Net" + name : name.toString();
  }
}
