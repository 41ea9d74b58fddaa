package rrlog.formats.snapshot;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import rrlog.core.run.timeline.Place;
import rrlog.core.run.timeline.SnapshotStore;
import rrlog.core.state.StateTree;

/**
 * Snapshots of one recording in a folder, a file each. Those of other recordings may lie beside
 * them and are left alone, unless all together take more than they may: then the oldest go.
 */
public final class SnapshotFolder implements SnapshotStore {
  /** Digits of the recording's hash in a file's name. */
  private static final int NAMED = 12;

  private final Path folder;
  private final String recording;
  private final Bound bound;
  private final long stateLimit;
  private final Map<Place, Path> files = new HashMap<>();
  private boolean broken;

  /**
   * How much may lie in a folder and those below it.
   *
   * @param root the folder
   * @param bytes most bytes of snapshots
   */
  public record Bound(Path root, long bytes) {}

  /**
   * The snapshots of a recording that are in a folder.
   *
   * @param folder need not exist yet
   * @param recording the recording's hash, as in {@link SnapshotHeader}
   * @param stateLimit most bytes of memory that a state may take
   */
  public SnapshotFolder(Path folder, String recording, Bound bound, long stateLimit) {
    this.folder = folder;
    this.recording = recording;
    this.bound = bound;
    this.stateLimit = stateLimit;
    for (Path file : snapshots(folder, 1)) {
      header(file)
          .filter(header -> header.recording().equals(recording))
          .ifPresent(header -> files.put(new Place(header.icount(), header.event()), file));
    }
  }

  private static List<Path> snapshots(Path folder, int depth) {
    try (Stream<Path> all = Files.walk(folder, depth)) {
      return all.filter(file -> file.toString().endsWith(SnapshotFile.EXTENSION)).toList();
    } catch (IOException | UncheckedIOException notThere) {
      return List.of();
    }
  }

  private static Optional<SnapshotHeader> header(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(SnapshotFile.header(in));
    } catch (IOException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public Set<Place> places() {
    return Set.copyOf(files.keySet());
  }

  @Override
  public boolean keeps() {
    return !broken;
  }

  @Override
  public Optional<StateTree> load(Place place) {
    Path file = files.get(place);
    if (file == null) {
      return Optional.empty();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      SnapshotFile snapshot = SnapshotFile.read(in, stateLimit);
      SnapshotHeader wanted = new SnapshotHeader(recording, place.icount(), place.event());
      if (snapshot.header().equals(wanted)) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return Optional.of(snapshot.state());
      }
    } catch (IOException damaged) {
      // It is as if it were not there.
    }
    files.remove(place);
    return Optional.empty();
  }

  /** Keeps a state; after a failure no more are kept. */
  @Override
  public void save(Place place, StateTree state) {
    try {
      write(place, state);
      makeRoom();
    } catch (IOException full) {
      broken = true;
    }
  }

  /**
   * Writes a state into a file of its own.
   *
   * @throws IOException where that fails
   */
  public Path write(Place place, StateTree state) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(name(place));
    Path unfinished = Files.createTempFile(folder, ".rrlog-", ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        SnapshotHeader header = new SnapshotHeader(recording, place.icount(), place.event());
        new SnapshotFile(header, state).write(out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    files.put(place, file);
    return file;
  }

  private String name(Place place) {
    return recording.substring(0, NAMED)
        + "-"
        + place.icount()
        + "-"
        + place.event()
        + SnapshotFile.EXTENSION;
  }

  private void makeRoom() throws IOException {
    List<Path> all = snapshots(bound.root(), 2);
    Map<Path, FileTime> times = new HashMap<>();
    long size = 0;
    for (Path file : all) {
      try {
        times.put(file, Files.getLastModifiedTime(file));
        size += Files.size(file);
      } catch (NoSuchFileException gone) {
        // Another session makes room, too.
      }
    }
    List<Path> oldest = times.keySet().stream().sorted(Comparator.comparing(times::get)).toList();
    for (Path file : oldest) {
      if (size <= bound.bytes()) {
        return;
      }
      size -= Files.size(file);
      Files.deleteIfExists(file);
      files.values().remove(file);
    }
  }
}
