import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes switches over types out as methods of their own. The JVM else spins a class for each the
 * first time that it is executed, which the AOT cache does not keep: up to 30 ms for the first of a
 * process, some for each further one. What {@code java.lang.runtime.SwitchBootstraps.typeSwitch}
 * documents is what the methods do.
 */
final class PatternSwitches implements Jars.Change {
  private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");

  @Override
  public boolean concerns(byte[] content) {
    for (MethodModel method : ClassFile.of().parse(content).methods()) {
      if (method.code().filter(PatternSwitches::in).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static boolean in(CodeModel code) {
    for (CodeElement element : code) {
      if (isSwitch(element)) {
        return true;
      }
    }
    return false;
  }

  /** A switch whose cases are types alone: no constants. */
  private static boolean isSwitch(CodeElement element) {
    if (!(element instanceof InvokeDynamicInstruction call)) {
      return false;
    }
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    return bootstrap.owner().equals(BOOTSTRAPS)
        && bootstrap.methodName().equals("typeSwitch")
        && !call.typeSymbol().parameterType(0).isPrimitive()
        && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
  }

  @Override
  public byte[] made(ClassFile format, byte[] content) {
    ClassModel model = format.parse(content);
    ClassDesc owner = model.thisClass().asSymbol();
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    List<InvokeDynamicInstruction> found = new ArrayList<>();
    CodeTransform calls =
        (builder, element) -> {
          if (isSwitch(element)) {
            InvokeDynamicInstruction call = (InvokeDynamicInstruction) element;
            builder.invokestatic(owner, name(found.size()), call.typeSymbol(), isInterface);
            found.add(call);
          } else {
            builder.with(element);
          }
        };
    ClassTransform bodies =
        ClassTransform.transformingMethodBodies(
            method -> method.code().filter(PatternSwitches::in).isPresent(), calls);
    return format.transformClass(
        model,
        bodies.andThen(
            ClassTransform.endHandler(
                builder -> {
                  for (int i = 0; i < found.size(); i++) {
                    InvokeDynamicInstruction call = found.get(i);
                    builder.withMethodBody(
                        name(i),
                        call.typeSymbol(),
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        code -> write(code, call.bootstrapArgs()));
                  }
                })));
  }

  private static String name(int number) {
    return "typeSwitch$" + number;
  }

  /** -1 for null, else the first case at or behind the second argument, else how many there are. */
  private static void write(CodeBuilder code, List<ConstantDesc> cases) {
    int value = code.parameterSlot(0);
    int from = code.parameterSlot(1);
    code.loadLocal(TypeKind.REFERENCE, value);
    code.ifThen(Opcode.IFNULL, block -> block.loadConstant(-1).ireturn());
    for (int i = 0; i < cases.size(); i++) {
      Label next = code.newLabel();
      code.iload(from).loadConstant(i).if_icmpgt(next);
      code.loadLocal(TypeKind.REFERENCE, value).instanceOf((ClassDesc) cases.get(i)).ifeq(next);
      code.loadConstant(i).ireturn();
      code.labelBinding(next);
    }
    code.loadConstant(cases.size()).ireturn();
  }
}
