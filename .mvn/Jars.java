import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
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

/** Changes classes of the laid-out program's jars. */
final class Jars {
  private Jars() {}

  /** What happens to classes. */
  interface Change {
    /** Whether it concerns a class at all. */
    boolean concerns(byte[] content);

    /** The changed class. */
    byte[] made(ClassFile format, byte[] content);
  }

  /** Rewrites a jar in place; one without a class that is concerned stays untouched. */
  static void rewrite(Path jar, Change change) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    List<String> concerned = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] content = in.readAllBytes();
          files.put(entry.getName(), content);
          if (entry.getName().endsWith(".class") && change.concerns(content)) {
            concerned.add(entry.getName());
          }
        }
      }
    }
    if (concerned.isEmpty()) {
      return;
    }
    // Stack maps need to know which class extends which, those of other jars too.
    List<URL> all = new ArrayList<>();
    try (DirectoryStream<Path> beside = Files.newDirectoryStream(jar.getParent(), "*.jar")) {
      for (Path other : beside) {
        all.add(other.toUri().toURL());
      }
    }
    try (URLClassLoader loader = new URLClassLoader(all.toArray(URL[]::new))) {
      ClassFile format =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
      for (String name : concerned) {
        files.put(name, change.made(format, files.get(name)));
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
}
