package dev.lanewise.runtime.kernel.code;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.lanewise.runtime.symbolic.Relation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns a program into a hidden class. Shapes are constants of the code, so that the compiler sees every bound and
 * every distance; the species is a {@code static final} of the Vector API, without which each vector would be an
 * object.
 */
public final class Bytecode {
  private static final ClassDesc FLOAT_VECTOR = ClassDesc.of("jdk.incubator.vector.FloatVector");
  private static final ClassDesc INT_VECTOR = ClassDesc.of("jdk.incubator.vector.IntVector");
  private static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
  private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
  private static final ClassDesc MASK = ClassDesc.of("jdk.incubator.vector.VectorMask");
  private static final ClassDesc OPERATORS = ClassDesc.of("jdk.incubator.vector.VectorOperators");
  private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
  private static final ClassDesc FLOATS = CD_float.arrayType();
  private static final MethodTypeDesc LOAD = MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, FLOATS, CD_int);
  private static final MethodTypeDesc INDICES = MethodTypeDesc.of(INT_VECTOR, SPECIES, CD_int.arrayType(), CD_int);
  private static final MethodTypeDesc SELECT = MethodTypeDesc.of(INT_VECTOR, VECTOR, VECTOR);
  private static final MethodTypeDesc STORE = MethodTypeDesc.of(CD_void, FLOATS, CD_int);
  private static final MethodTypeDesc BROADCAST = MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, CD_float);
  private static final MethodTypeDesc TO_FLOATS = MethodTypeDesc.of(FLOAT_VECTOR);
  private static final MethodTypeDesc BINARY = MethodTypeDesc.of(FLOAT_VECTOR, VECTOR);
  private static final MethodTypeDesc CALL = MethodTypeDesc.of(FLOAT_VECTOR, FLOAT_VECTOR);
  private static final MethodTypeDesc FMA = MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, VECTOR);
  private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(MASK, COMPARISON, VECTOR);
  private static final MethodTypeDesc BLEND = MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, MASK);

  private static final String RUN = "run";
  private static final ClassDesc CD_RUNNABLE = Runnable.class.describeConstable().get();

  /** The JVM never compiles a method whose code is longer. */
  static final int LONGEST = 8000;

  /** A program made runnable, with the class file it became. */
  public record Defined<T>(T kernel, Program program, byte[] classFile) {
    /** The instructions of the kernel, one on a line, each with its place in the code. */
    public String listing() {
      return Listing.of(classFile);
    }
  }

  private record Key(Program program, int bits, Class<?> type) {}

  /** Equal programs share a class, so that it is compiled once. */
  private static final Map<Key, Defined<?>> DEFINED = new ConcurrentHashMap<>();

  private final CodeBuilder code;
  private final String species;
  private final Map<String, Integer> slots = new HashMap<>();

  private Bytecode(CodeBuilder code, int bits) {
    this.code = code;
    this.species = "SPECIES_" + bits;
  }

  /**
   * Defines a hidden class beside the lookup's, or finds the one defined for an equal program.
   *
   * @param lookup of a class in the kernel's package, from which it may call helpers
   * @param bits the width of the vectors
   * @param type an interface with one method {@code run} that takes the program's parameters
   */
  public static <T> Defined<T> define(Lookup lookup, Program program, int bits, Class<T> type) {
    Defined<?> defined = DEFINED.computeIfAbsent(new Key(program, bits, type), k -> load(lookup, program, bits, type));
    return new Defined<>(type.cast(defined.kernel), program, defined.classFile);
  }

  private static <T> Defined<T> load(Lookup lookup, Program program, int bits, Class<T> type) {
    byte[] classFile = write(lookup, program, bits, type);
    assert Listing.length(classFile) < LONGEST : program.name() + " would never be compiled";
    try {
      Lookup hidden = lookup.defineHiddenClass(classFile, true);
      MethodHandle constructor = hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class));
      Object kernel = constructor.invoke();
      EarlyCompilation.of(kernel, (Runnable) kernel);
      return new Defined<>(type.cast(kernel), program, classFile);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot define the kernel " + program.name(), e);
    }
  }

  private static byte[] write(Lookup lookup, Program program, int bits, Class<?> type) {
    ClassDesc name = ClassDesc.of(lookup.lookupClass().getPackageName(), "Generated" + program.name());
    List<ClassDesc> types = program.parameters().stream().map(p -> p.type().java.describeConstable().get()).toList();
    MethodTypeDesc run = MethodTypeDesc.of(CD_void, types);
    return ClassFile.of()
        .build(
            name,
            c ->
                c.withFlags(ClassFile.ACC_FINAL)
                    .withInterfaceSymbols(type.describeConstable().get(), CD_RUNNABLE)
                    .withMethodBody(
                        INIT_NAME, MTD_void, 0, b -> b.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
                    .withMethodBody(RUN, run, ClassFile.ACC_PUBLIC, b -> new Bytecode(b, bits).method(program))
                    .withMethodBody(RUN, MTD_void, ClassFile.ACC_PUBLIC, b -> idle(b, name, program, run)));
  }

  private void method(Program program) {
    for (int i = 0; i < program.parameters().size(); i++) {
      slots.put(program.parameters().get(i).name(), code.parameterSlot(i));
    }
    Label work = code.newLabel();
    code.aload(slot(firstArray(program))).arraylength().ifne(work).return_().labelBinding(work);
    program.body().forEach(this::statement);
    code.return_();
  }

  private static String firstArray(Program program) {
    return program.parameters().stream()
        .filter(p -> p.type() == Program.Type.FLOATS)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(program.name() + " has no array"))
        .name();
  }

  /** Calls {@code run} with empty arrays, for which it returns at once: see {@link EarlyCompilation}. */
  private static void idle(CodeBuilder code, ClassDesc owner, Program program, MethodTypeDesc run) {
    code.aload(0);
    for (Program.Parameter p : program.parameters()) {
      switch (p.type()) {
        case FLOATS -> code.iconst_0().newarray(TypeKind.FLOAT);
        case INTS -> code.iconst_0().newarray(TypeKind.INT);
        case INT -> code.iconst_0();
        case FLOAT -> code.fconst_0();
      }
    }
    code.invokevirtual(owner, RUN, run).return_();
  }

  private int slot(String name, TypeKind kind) {
    return slots.computeIfAbsent(name, n -> code.allocateLocal(kind));
  }

  private int slot(String name) {
    Integer slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException("the program reads " + name + " before setting it");
    }
    return slot;
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Set(String name, Vector value) -> {
        push(value);
        code.astore(slot(name, TypeKind.REFERENCE));
      }
      case Statement.SetCondition(String name, Condition value) -> {
        push(value);
        code.astore(slot(name, TypeKind.REFERENCE));
      }
      case Statement.SetIndex(String name, Index.Sum(Index.Variable(String same), Index.Constant(int value)))
          when same.equals(name) && value == (short) value ->
          code.iinc(slot(name), value);
      case Statement.SetIndex(String name, Index value) -> {
        push(value);
        code.istore(slot(name, TypeKind.INT));
      }
      case Statement.Store(String array, Index at, Vector value) -> {
        push(value);
        code.aload(slot(array));
        push(at);
        code.invokevirtual(FLOAT_VECTOR, "intoArray", STORE);
      }
      case Statement.Loop loop -> loop(loop, code.newLabel());
      case Statement.Repeat(String name, Index from, Index to, int step, List<Statement> body) ->
          loop(new Statement.Loop(name, from, to, step, body), null);
    }
  }

  /** @param test where the bound is tested before the first round; null for not at all */
  private void loop(Statement.Loop loop, Label test) {
    Label top = code.newLabel();
    statement(new Statement.SetIndex(loop.name(), loop.from()));
    if (test != null) {
      code.goto_(test);
    }
    code.labelBinding(top);
    loop.body().forEach(this::statement);
    statement(new Statement.SetIndex(loop.name(), Index.of(loop.name()).plus(loop.step())));
    if (test != null) {
      code.labelBinding(test);
    }
    code.iload(slot(loop.name()));
    push(loop.to());
    code.if_icmplt(top);
  }

  private void push(Index index) {
    switch (index) {
      case Index.Constant(int value) -> code.loadConstant(value);
      case Index.Variable(String name) -> code.iload(slot(name));
      case Index.Sum(Index left, Index right) -> {
        push(left);
        push(right);
        code.iadd();
      }
      case Index.Product(Index of, int factor) -> {
        push(of);
        code.loadConstant(factor).imul();
      }
      case Index.Element(String table, Index at) -> {
        code.aload(slot(table));
        push(at);
        code.iaload();
      }
    }
  }

  private void push(Vector vector) {
    switch (vector) {
      case Vector.Variable(String name) -> code.aload(slot(name));
      case Vector.Constant(float value) -> {
        species();
        code.loadConstant(value).invokestatic(FLOAT_VECTOR, "broadcast", BROADCAST);
      }
      case Vector.Load(String array, Index at) -> {
        species();
        code.aload(slot(array));
        push(at);
        code.invokestatic(FLOAT_VECTOR, "fromArray", LOAD);
      }
      case Vector.Broadcast(String array, Index at) -> {
        species();
        code.aload(slot(array));
        push(at);
        code.faload().invokestatic(FLOAT_VECTOR, "broadcast", BROADCAST);
      }
      case Vector.Scalar(String name) -> {
        species();
        code.fload(slot(name)).invokestatic(FLOAT_VECTOR, "broadcast", BROADCAST);
      }
      case Vector.Fma(Vector a, Vector b, Vector c) -> {
        push(a);
        push(b);
        push(c);
        code.invokevirtual(FLOAT_VECTOR, "fma", FMA);
      }
      case Vector.Binary(Vector.Operator operator, Vector a, Vector b) -> {
        push(a);
        push(b);
        code.invokevirtual(FLOAT_VECTOR, operator.method, BINARY);
      }
      case Vector.Blend(Vector otherwise, Vector then, Condition when) -> {
        push(otherwise);
        push(then);
        push(when);
        code.invokevirtual(FLOAT_VECTOR, "blend", BLEND);
      }
      case Vector.Call(Class<?> owner, String method, Vector of) -> {
        push(of);
        code.invokestatic(owner.describeConstable().get(), method, CALL);
      }
      case Vector.Indices(String table, Index at) -> {
        code.getstatic(INT_VECTOR, species, SPECIES).aload(slot(table));
        push(at);
        code.invokestatic(INT_VECTOR, "fromArray", INDICES);
      }
      case Vector.Bits(Vector of) -> {
        push(of);
        code.invokevirtual(FLOAT_VECTOR, "reinterpretAsInts", MethodTypeDesc.of(INT_VECTOR));
      }
      case Vector.Floats(Vector of) -> {
        push(of);
        code.invokevirtual(INT_VECTOR, "reinterpretAsFloats", TO_FLOATS);
      }
      case Vector.Select(Vector indices, Vector a, Vector b) -> {
        push(indices);
        push(a);
        push(b);
        code.invokevirtual(INT_VECTOR, "selectFrom", SELECT);
      }
    }
  }

  private void push(Condition condition) {
    switch (condition) {
      case Condition.Variable(String name) -> code.aload(slot(name));
      case Condition.Compare(Relation relation, Vector a, Vector b) -> {
        push(a);
        code.getstatic(OPERATORS, relation.name(), COMPARISON);
        push(b);
        code.invokevirtual(FLOAT_VECTOR, "compare", COMPARE);
      }
    }
  }

  private void species() {
    code.getstatic(FLOAT_VECTOR, species, SPECIES);
  }
}
