package dev.lanewise.runtime.kernel.code;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.Locale;

/** Prints the code of a generated kernel: {@code   41  fload 7}. */
final class Listing {
  private Listing() {}

  static String of(byte[] classFile) {
    CodeAttribute code = code(classFile);
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (CodeElement element : code) {
      if (element instanceof Instruction i) {
        text.append(String.format(Locale.ROOT, "%5d  %s%s%n", at, mnemonic(i), operand(i, code)));
        at += i.sizeInBytes();
      }
    }
    return text.toString();
  }

  /** How many bytes the kernel's code has. */
  static int length(byte[] classFile) {
    return code(classFile).codeLength();
  }

  private static CodeAttribute code(byte[] classFile) {
    return ClassFile.of().parse(classFile).methods().stream()
        .filter(m -> m.methodName().equalsString("run"))
        .flatMap(m -> m.findAttribute(java.lang.classfile.Attributes.code()).stream())
        .findFirst()
        .orElseThrow();
  }

  private static String mnemonic(Instruction i) {
    return i.opcode().name().toLowerCase(Locale.ROOT).replaceAll("_w$", "");
  }

  private static String operand(Instruction instruction, CodeAttribute code) {
    return switch (instruction) {
      case LoadInstruction i when i.sizeInBytes() > 1 -> " " + i.slot();
      case StoreInstruction i when i.sizeInBytes() > 1 -> " " + i.slot();
      case IncrementInstruction i -> " " + i.slot() + " by " + i.constant();
      case ConstantInstruction i when i.sizeInBytes() > 1 -> " " + i.constantValue();
      case BranchInstruction i -> " " + place(i.target(), code);
      case FieldInstruction i -> " " + simple(i.owner().asInternalName()) + "." + i.name();
      case InvokeInstruction i -> " " + simple(i.owner().asInternalName()) + "." + i.name();
      default -> "";
    };
  }

  private static int place(Label label, CodeAttribute code) {
    return code.labelToBci(label);
  }

  private static String simple(String internalName) {
    return internalName.substring(internalName.lastIndexOf('/') + 1);
  }
}
