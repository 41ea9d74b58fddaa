package rrlog.core.machine.riscv.translate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes {@link Region}s out of decoded instructions. Confined to one thread. */
public final class Translator {
  /**
   * A region and what is to be known of it.
   *
   * @param form how it was made
   * @param entries where it may be entered
   * @param covered all halfwords of its instructions
   * @param size how many instructions it has
   */
  public record Translation(Region region, Form form, BitSet entries, BitSet covered, int size) {}

  /** HotSpot compiles no method that is longer. */
  private static final int LONGEST_METHOD = 8000;

  /** Instructions in a region; few become too long with them. */
  private static final int MOST = 200;

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final ClassDesc REGION = Region.class.describeConstable().orElseThrow();
  private static final ClassDesc CONTEXT = Context.class.describeConstable().orElseThrow();
  private static final ClassDesc TLB = CD_long.arrayType();
  private static final ClassDesc NAME =
      ClassDesc.of(Translator.class.getPackageName() + ".Translated");
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_int, CONTEXT, CD_long.arrayType(), TLB, CD_long, CD_int, CD_int);

  private @Nullable Functions functions;

  /**
   * The region that begins at some slots.
   *
   * @param code decoded instructions of a page, {@code Op.UNDECODED} where none is known
   * @param heads where it is to be entered; not all, if it becomes too large
   * @param taken entries of the page's other regions
   * @param form how to make it; a region that cannot be {@link Form#LOOPING} is made {@link
   *     Form#INLINED}
   * @return empty if nothing there can be translated
   */
  public Optional<Translation> translate(long[] code, BitSet heads, BitSet taken, Form form) {
    Optional<Translation> made = Optional.empty();
    for (int most = MOST; made.isEmpty() && most > 1; most /= 2) {
      Shape shape = Shape.of(code, heads, taken, most);
      if (shape == null) {
        return Optional.empty();
      }
      made = translate(shape, form == Form.LOOPING && shape.calls() ? Form.INLINED : form);
    }
    return made;
  }

  /** Empty if it becomes too long. */
  private Optional<Translation> translate(Shape shape, Form form) {
    if (functions == null) {
      functions = new Functions();
    }
    Emitter emitter = new Emitter(shape, form, functions);
    byte[] bytes =
        ClassFile.of(
                ClassFile.DebugElementsOption.DROP_DEBUG,
                ClassFile.LineNumbersOption.DROP_LINE_NUMBERS)
            .build(
                NAME,
                type ->
                    type.withSuperclass(REGION)
                        .withFlags(ClassFile.ACC_FINAL)
                        .withMethodBody(INIT_NAME, MTD_void, 0, Translator::constructor)
                        .withMethodBody(
                            "run", RUN, ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL, emitter::emit));
    if (length(bytes) > LONGEST_METHOD) {
      return Optional.empty();
    }
    try {
      Object region =
          LOOKUP
              .defineHiddenClass(bytes, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
      return Optional.of(
          new Translation((Region) region, form, shape.entries(), shape.covered(), shape.size()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("translated code does not load", e);
    }
  }

  /** Bytes of bytecode of the one long method; the whole class, if that is short. */
  private static int length(byte[] bytes) {
    return bytes.length <= LONGEST_METHOD
        ? bytes.length
        : ClassFile.of().parse(bytes).methods().stream()
            .flatMap(method -> method.findAttribute(Attributes.code()).stream())
            .mapToInt(CodeAttribute::codeLength)
            .max()
            .orElse(0);
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(REGION, INIT_NAME, MTD_void).return_();
  }
}
