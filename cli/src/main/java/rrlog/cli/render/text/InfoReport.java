package rrlog.cli.render.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import rrlog.cli.io.Palette;
import rrlog.cli.render.LogSummary;
import rrlog.cli.render.Numbers;
import rrlog.core.analysis.Summary;
import rrlog.core.event.EventKind;
import rrlog.core.log.Detection;
import rrlog.core.log.Dialect;
import rrlog.core.log.Ending;
import rrlog.formats.CarriedState;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;

/** How {@code rrlog info} tells what it found: text for people. */
public final class InfoReport {
  private static final int USUAL_WIDTH = 80;

  private InfoReport() {}

  private static void recording(StringBuilder text, Recording recording) {
    if (!recording.commandLine().isEmpty()) {
      line(text, "command", String.join(" ", recording.commandLine()));
    }
    recording.qemuVersion().ifPresent(version -> line(text, "recorded by", version));
    for (RecordedFile file : recording.files()) {
      line(text, "file", file.name() + ", " + Numbers.grouped(file.size()) + " bytes");
      line(text, "", "SHA-256 " + file.sha256());
    }
    recording.notes().forEach(note -> line(text, "note", note));
    recording.created().ifPresent(time -> line(text, "archived", time.toString()));
  }

  public static String text(LogSummary told, boolean verbose, Palette palette, int width) {
    StringBuilder text = new StringBuilder();
    Summary summary = told.summary();
    text.append(palette.bold()).append(told.file().shownName()).append(palette.off());
    text.append('\n');
    line(text, "written by", writtenBy(told.log().dialect()));
    line(text, "dialect", dialect(told));
    line(text, "size", size(told));
    told.log().origin().ifPresent(origin -> line(text, "begins at", origin.toString()));
    told.file().file().carried().ifPresent(state -> line(text, "state", state(state)));
    line(text, "ending", ending(told, palette));
    line(text, "events", Numbers.grouped(summary.events()));
    line(text, "instructions", Numbers.grouped(summary.instructions()));
    summary.hostClock().ifPresent(span -> line(text, "host clock", span(span)));
    payload(text, summary);
    told.recording().ifPresent(recording -> recording(text, recording));
    table(text, summary, palette, width);
    if (verbose) {
      evidence(text, told.log().detection(), palette);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("  ").append(label).append(" ".repeat(Math.max(1, 14 - label.length())));
    // Notes may have several lines.
    text.append(value.replace("\n", "\n" + " ".repeat(16))).append('\n');
  }

  private static String writtenBy(Dialect dialect) {
    return dialect
        .releases()
        .map(range -> "QEMU " + range)
        .orElse("a development tree of QEMU, no release");
  }

  private static String dialect(LogSummary told) {
    Detection detection = told.log().detection();
    String others =
        detection.alternatives().stream().map(Dialect::id).collect(Collectors.joining(", "));
    return detection.dialect().id()
        + " (version "
        + told.log().header().versionText()
        + "), "
        + detection.certainty().label()
        + (others.isEmpty() ? "" : "; also fits " + others);
  }

  private static String size(LogSummary told) {
    long size = told.size();
    Optional<Long> inFile = told.file().fileSize().filter(bytes -> bytes != size);
    String how =
        told.file()
            .file()
            .compression()
            .map(c -> c.label())
            .orElse(told.file().file().format().name());
    return Numbers.grouped(size)
        + " bytes"
        + inFile.map(bytes -> " (" + Numbers.grouped(bytes) + " as " + how + ")").orElse("");
  }

  private static String state(CarriedState state) {
    return "of the machine there, as QEMU "
        + state.release()
        + "; "
        + Numbers.grouped(state.bytes())
        + " bytes";
  }

  private static String ending(LogSummary told, Palette palette) {
    Summary summary = told.summary();
    if (told.complete()) {
      return palette.good() + "complete" + palette.off();
    }
    String what =
        summary.ending() == Ending.END_EVENT
            ? "end event, but the header was never written"
            : summary.problem() + "\nat " + summary.end();
    return palette.bad() + "incomplete" + palette.off() + ": " + what;
  }

  private static String span(Summary.ClockSpan span) {
    Duration length = Duration.ofNanos(span.last() - span.first());
    return instant(span.first())
        + " + "
        + String.format(Locale.ROOT, "%.6f s", length.toNanos() / 1e9);
  }

  private static String instant(long ns) {
    return Instant.ofEpochSecond(
            Math.floorDiv(ns, 1_000_000_000L), Math.floorMod(ns, 1_000_000_000L))
        .toString();
  }

  private static void payload(StringBuilder text, Summary summary) {
    Summary.PayloadBytes payload = summary.payload();
    if (payload.charRead() > 0) {
      line(
          text,
          "char input",
          Numbers.grouped(payload.charRead()) + " bytes on device " + list(summary.charDevices()));
    }
    if (payload.net() > 0) {
      line(
          text,
          "net input",
          Numbers.grouped(payload.net()) + " bytes on filter " + list(summary.netDevices()));
    }
    if (payload.random() > 0) {
      line(text, "random", Numbers.grouped(payload.random()) + " bytes");
    }
    if (payload.audioIn() > 0) {
      line(text, "audio input", Numbers.grouped(payload.audioIn()) + " bytes of samples");
    }
  }

  private static String list(SortedSet<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** The counts by kind, as wide as the terminal; no narrower than 60 columns. */
  private static void table(StringBuilder text, Summary summary, Palette palette, int width) {
    if (summary.kinds().isEmpty()) {
      return;
    }
    long total = summary.bytes().values().stream().mapToLong(Long::longValue).sum();
    text.append('\n').append(palette.dim());
    boolean narrow = width < USUAL_WIDTH;
    int names = Math.clamp(width - (narrow ? 38 : 46), 22, 46);
    String events = narrow ? "13" : "15";
    String numbers = " %," + events + "d %," + (narrow ? "14" : "17") + "d %6.1f%n";
    text.append(
        String.format(
            Locale.ROOT,
            ("  %-" + names + "s") + numbers.replace(",", "").replace("d", "s").replace(".1f", "s"),
            "kind",
            "events",
            "bytes",
            "%"));
    text.append(palette.off());
    for (Map.Entry<EventKind, Long> kind : summary.kinds().entrySet()) {
      long bytes = summary.bytes().getOrDefault(kind.getKey(), 0L);
      text.append("  ").append(palette.name());
      text.append(String.format(Locale.ROOT, "%-" + names + "s", kind.getKey().label()))
          .append(palette.off());
      text.append(
          String.format(Locale.ROOT, numbers, kind.getValue(), bytes, 100.0 * bytes / total));
      String prefix = kind.getKey().label() + "/";
      summary.names().entrySet().stream()
          .filter(name -> name.getKey().startsWith(prefix))
          .forEach(
              name ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "    %-" + (names - 2) + "s %," + events + "d%n",
                          name.getKey().substring(prefix.length()),
                          name.getValue())));
    }
  }

  private static void evidence(StringBuilder text, Detection detection, Palette palette) {
    text.append('\n').append(palette.dim()).append("  evidence").append(palette.off()).append('\n');
    if (detection.readings().isEmpty()) {
      text.append("    the version word belongs to this dialect alone\n");
    }
    for (Detection.Reading reading : detection.readings()) {
      text.append(String.format(Locale.ROOT, "    %-10s", reading.dialect().id()));
      text.append(
          reading.accepted()
              ? "fits, " + Numbers.grouped(reading.events()) + " events looked at"
              : "no: "
                  + reading.rejection()
                  + " (event "
                  + reading.events()
                  + ", offset 0x"
                  + Long.toHexString(reading.offset())
                  + ")");
      text.append('\n');
      for (String oddity : reading.oddities()) {
        text.append("              odd: ").append(oddity).append('\n');
      }
    }
  }
}
