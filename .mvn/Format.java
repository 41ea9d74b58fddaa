import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks or rewrites the layout of our text files: google-java-format for Java, and for every text
 * file no tab-or-space at a line's end, LF, and a newline at the end of the file.
 *
 * <p>The build runs it as a source program on the toolchain's JDK, because google-java-format
 * parses with the javac of the JVM it runs in, and Maven's own may be a Java 17. Files that have
 * not changed since the last good run are skipped: the stamp file's time tells.
 *
 * <p>Usage: {@code java Format.java check|write STAMP FOLDER...}; a folder's subfolders that have a
 * pom.xml of their own are left out, they are their module's business.
 */
final class Format {
  private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git", ".idea", ".vscode");

  /** What is text beside .java, by extension; what has none is known by name. */
  private static final Set<String> TEXT =
      Set.of("java", "md", "xml", "sh", "properties", "yml", "yaml", "config");

  private static final Set<String> TEXT_NAMES =
      Set.of("rrlog", "run", ".gitignore", ".gitattributes", ".editorconfig", "LICENSE", "NOTICE");

  private final boolean write;
  private final FileTime since;
  private final List<String> complaints = new ArrayList<>();

  private Format(boolean write, FileTime since) {
    this.write = write;
    this.since = since;
  }

  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    Path stamp = Path.of(args[1]);
    FileTime started = FileTime.fromMillis(System.currentTimeMillis());
    FileTime since =
        Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);
    Format format = new Format(write, since);
    Set<Path> folders = new LinkedHashSet<>();
    for (int i = 2; i < args.length; i++) {
      folders.add(Path.of(args[i]).toAbsolutePath().normalize());
    }
    for (Path folder : folders) {
      format.folder(folder);
    }
    if (!format.complaints.isEmpty()) {
      format.complaints.forEach(System.err::println);
      System.err.println(
          format.complaints.size()
              + " file(s) not formatted; `mvn -q -N -Pformat validate` rewrites them");
      System.exit(1);
    }
    Files.createDirectories(stamp.getParent());
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, started);
  }

  private void folder(Path start) throws IOException {
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean skip =
                !dir.equals(start)
                    && (SKIPPED_FOLDERS.contains(dir.getFileName().toString())
                        || Files.exists(dir.resolve("pom.xml")));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isText(file.getFileName().toString())
                && attributes.isRegularFile()
                && attributes.lastModifiedTime().compareTo(since) >= 0) {
              file(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isText(String name) {
    int dot = name.lastIndexOf('.');
    return TEXT_NAMES.contains(name) || (dot > 0 && TEXT.contains(name.substring(dot + 1)));
  }

  private void file(Path file) throws IOException {
    String before = Files.readString(file, StandardCharsets.UTF_8);
    String after;
    try {
      after =
          file.toString().endsWith(".java")
              ? new Formatter().formatSourceAndFixImports(before)
              : tidy(before, file.toString().endsWith(".md"));
    } catch (FormatterException e) {
      complaints.add(file + ": " + e.getMessage());
      return;
    }
    if (after.equals(before)) {
      return;
    }
    if (write) {
      Files.writeString(file, after);
    } else {
      complaints.add(file.toString());
    }
  }

  /** Two spaces at a line's end mean a line break in Markdown and stay. */
  private static String tidy(String text, boolean markdown) {
    String tidy = text.replace("\r\n", "\n");
    tidy =
        markdown ? tidy.replaceAll("(?m)(?<! ) $|\\t+$", "") : tidy.replaceAll("(?m)[ \\t]+$", "");
    tidy = tidy.replaceAll("\\n+\\z", "");
    return tidy.isEmpty() ? "" : tidy + "\n";
  }
}
