import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of a jar that are in the format of Java 5 the format of Java 8, with the stack
 * maps that it asks for and without any other change. The AOT cache leaves classes without stack
 * maps out, and all of picocli is such: loading and verifying it anew took a third of a start.
 */
final class OldClasses {
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

  private OldClasses() {}

  /** Rewrites {@code jar} in place; a jar without old classes stays untouched. */
  static void modernise(Path jar) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<String> old = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] content = in.readAllBytes();
          files.put(entry.getName(), content);
          if (entry.getName().endsWith(".class") && major(content) < FIRST_WITH_STACK_MAPS) {
            old.add(entry.getName());
          }
        }
      }
    }
    if (old.isEmpty()) {
      return;
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      ClassFile format =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
      for (String name : old) {
        files.put(name, modernise(format, files.get(name)));
      }
    }
    Path complete = jar.resolveSibling(jar.getFileName() + ".tmp");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(complete))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    Files.move(complete, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] modernise(ClassFile format, byte[] content) {
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

  private static int major(byte[] content) {
    return (content[6] & 0xff) << 8 | content[7] & 0xff;
  }
}
