package rrlog.core.machine.riscv.translate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rrlog.core.machine.riscv.alu.Alu;
import rrlog.core.machine.riscv.alu.BitAlu;
import rrlog.core.machine.riscv.isa.Encoding;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;

/**
 * What instructions compute, as bytecode: that of the functions in {@code alu}, read from their
 * class files. A function of straight code is copied, with the operands in place of its parameters;
 * another one is called.
 */
final class Functions {
  private record Function(ClassDesc owner, MethodTypeDesc type, List<Instruction> body) {}

  private final Map<String, Function> functions = new HashMap<>();

  Functions() {
    read(Alu.class);
    read(BitAlu.class);
  }

  /**
   * Emits code that leaves the result of an instruction on the stack.
   *
   * @param op of an instruction that computes
   * @param a pushes the first register
   * @param b pushes the second one or the immediate
   */
  void emit(CodeBuilder code, int op, Runnable a, Runnable b) {
    String name = op == Op.CTZW_BEYOND ? "ctzwBeyond" : name(InstructionSet.encoding(op));
    Function function = functions.get(name);
    if (function == null) {
      throw new IllegalStateException("no function for " + name);
    }
    if (function.body.isEmpty()) {
      a.run();
      if (function.type.parameterCount() > 1) {
        b.run();
      }
      code.invokestatic(function.owner, name, function.type);
      return;
    }
    for (Instruction instruction : function.body) {
      switch (instruction) {
        case LoadInstruction load -> (load.slot() == 0 ? a : b).run();
        case ReturnInstruction end -> {}
        default -> code.with(instruction);
      }
    }
  }

  /** The mnemonic without the letter that says "immediate", and without a dot. */
  private static String name(Encoding encoding) {
    StringBuilder name = new StringBuilder(encoding.mnemonic());
    switch (encoding.format()) {
      case IMMEDIATE, SHIFT, SHIFT_WORD -> name.deleteCharAt(name.lastIndexOf("i"));
      default -> {}
    }
    int dot = name.indexOf(".");
    if (dot >= 0) {
      name.deleteCharAt(dot);
      name.setCharAt(dot, Character.toUpperCase(name.charAt(dot)));
    }
    return name.toString();
  }

  private void read(Class<?> type) {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IllegalStateException("no class file of " + type);
      }
      ClassDesc owner = type.describeConstable().orElseThrow();
      for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
        functions.put(
            method.methodName().stringValue(),
            new Function(owner, method.methodTypeSymbol(), body(method)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The instructions of straight code, else none. */
  private static List<Instruction> body(MethodModel method) {
    List<Instruction> body = new ArrayList<>();
    for (CodeElement element : method.code().orElseThrow()) {
      if (element instanceof BranchInstruction || element instanceof StoreInstruction) {
        return List.of();
      }
      if (element instanceof Instruction instruction) {
        body.add(instruction);
      }
    }
    return body;
  }
}
