import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;

/**
 * Gives classes in the format of Java 5 the format of Java 8, with the stack maps that it asks for
 * and without any other change. The AOT cache leaves classes without stack maps out, and all of
 * picocli is such: loading and verifying it anew took a third of a start.
 */
final class OldClasses implements Jars.Change {
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

  @Override
  public boolean concerns(byte[] content) {
    return ((content[6] & 0xff) << 8 | content[7] & 0xff) < FIRST_WITH_STACK_MAPS;
  }

  @Override
  public byte[] made(ClassFile format, byte[] content) {
    ClassTransform version =
        (builder, element) ->
            builder.with(
                element instanceof ClassFileVersion
                    ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                    : element);
    // Method bodies have to be named to be written anew; only then do they get stack maps.
    return format.transformClass(
        format.parse(content),
        ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL).andThen(version));
  }
}
