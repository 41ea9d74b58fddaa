package rrlog.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.testing.Samples;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;

/** The files of a recording, compared with those that a run opens. */
class ArchivedFilesTest {
  @TempDir private Path folder;

  private Recording archived;

  private static Recording recording(RecordedFile... files) {
    return new Recording(List.of(), Optional.empty(), List.of(files), List.of(), Optional.empty());
  }

  @BeforeEach
  void archive() throws IOException {
    Path kernel = Files.writeString(folder.resolve("fw.elf"), "kernel");
    archived = recording(ArchivedFiles.recorded("build/fw.elf", kernel));
  }

  private List<String> changed(String... arguments) throws IOException {
    return ArchivedFiles.changed(archived, List.of(arguments), folder).stream()
        .map(ArchivedFiles.Changed::name)
        .toList();
  }

  @Test
  void a_file_that_is_the_same_has_not_changed() throws IOException {
    assertThat(changed("-kernel", "fw.elf")).isEmpty();
  }

  @Test
  void a_file_built_again_is_found_also_in_another_folder() throws IOException {
    Files.writeString(folder.resolve("fw.elf"), "Kernel");
    assertThat(changed("-M", "virt", "-kernel", "fw.elf")).containsExactly("fw.elf");
  }

  @Test
  void a_disk_is_found_inside_an_option() throws IOException {
    archived = recording(new RecordedFile("disk.raw", 6, "0".repeat(64)));
    Files.writeString(folder.resolve("disk.raw"), "sector");
    assertThat(changed("-drive", "if=none,file=disk.raw,id=d")).containsExactly("disk.raw");
  }

  @Test
  void what_the_archive_does_not_know_is_no_change() throws IOException {
    Files.writeString(folder.resolve("other.elf"), "other");
    assertThat(changed("-kernel", "other.elf")).isEmpty();
  }

  @Test
  void the_log_itself_is_not_compared() throws IOException {
    archived = recording(new RecordedFile("run.bin", 1, "0".repeat(64)));
    Files.writeString(folder.resolve("run.bin"), "log");
    assertThat(changed("-icount", "shift=3,rr=record,rrfile=run.bin")).isEmpty();
  }

  @Test
  void what_is_no_file_name_is_passed_over() throws IOException {
    assertThat(changed("-append", "a\0b", "", ",,=", "-kernel")).isEmpty();
  }

  @Test
  void the_disk_of_the_case_is_not_the_one_that_was_archived() throws IOException {
    Path kept = Samples.path("cases/11-archive-file-changed");
    try (ArchiveReader archive = ArchiveReader.open(kept.resolve("run.rra"))) {
      Recording recording = archive.metadata().recording();
      List<String> arguments = recording.commandLine().stream().skip(1).toList();
      assertThat(ArchivedFiles.changed(recording, arguments, kept))
          .extracting(ArchivedFiles.Changed::name)
          .containsExactly("dk2.raw");
    }
  }

  @Test
  void what_is_said_anew_replaces_no_notes_and_other_files() {
    RecordedFile first = new RecordedFile("a", 1, "1".repeat(64));
    RecordedFile second = new RecordedFile("b", 1, "2".repeat(64));
    RecordedFile again = new RecordedFile("a", 1, "3".repeat(64));
    Recording old =
        new Recording(
            List.of("qemu", "-M", "virt"),
            Optional.of("7.2"),
            List.of(first, second),
            List.of("hangs"),
            Optional.of(Instant.EPOCH));
    Recording anew =
        new Recording(
            List.of(), Optional.empty(), List.of(again), List.of("twice"), Optional.empty());

    assertThat(old.with(anew))
        .isEqualTo(
            new Recording(
                List.of("qemu", "-M", "virt"),
                Optional.of("7.2"),
                List.of(again, second),
                List.of("hangs", "twice"),
                Optional.of(Instant.EPOCH)));
  }
}
