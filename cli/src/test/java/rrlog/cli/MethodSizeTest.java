package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.event.Event;
import rrlog.formats.file.LogFile;

/** HotSpot compiles no method of more than 8000 bytes: it would be interpreted for ever. */
final class MethodSizeTest {
  private static final int LONGEST = 8000;

  @ParameterizedTest
  @ValueSource(classes = {Event.class, LogFile.class, Main.class})
  void no_method_of_a_module_is_too_long_to_be_compiled(Class<?> ofModule) throws Exception {
    Path classes = Path.of(ofModule.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, Integer> lengths = new TreeMap<>();
    if (Files.isDirectory(classes)) {
      measure(classes, lengths);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(classes)) {
        measure(jar.getPath("/"), lengths);
      }
    }
    assertThat(lengths).hasSizeGreaterThan(100).allSatisfy(MethodSizeTest::assertShort);
  }

  private static void assertShort(String method, int length) {
    assertThat(length).as(method).isLessThanOrEqualTo(LONGEST);
  }

  private static void measure(Path classes, Map<String, Integer> lengths) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      files.filter(file -> file.toString().endsWith(".class")).forEach(file -> add(file, lengths));
    }
  }

  private static void add(Path file, Map<String, Integer> lengths) {
    try {
      ClassModel type = ClassFile.of().parse(Files.readAllBytes(file));
      for (MethodModel method : type.methods()) {
        String name =
            type.thisClass().asInternalName()
                + "."
                + method.methodName().stringValue()
                + method.methodType().stringValue();
        method
            .findAttribute(Attributes.code())
            .map(CodeAttribute::codeLength)
            .ifPresent(length -> lengths.put(name, length));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
