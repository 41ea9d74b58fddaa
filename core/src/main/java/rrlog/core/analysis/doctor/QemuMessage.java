package rrlog.core.analysis.doctor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rrlog.core.event.Position;

/**
 * What QEMU printed when its replay ended, understood.
 *
 * @param meaning what it says
 * @param icount guest instructions executed by then
 * @param event ordinal of the log's event that QEMU was at, from 0
 */
public record QemuMessage(Meaning meaning, OptionalLong icount, OptionalLong event) {
  /** QEMU 9.0 and later: "(insn total 37/7 left, event 10 is EVENT_INSTRUCTION)". */
  private static final Pattern PLACE =
      Pattern.compile("insn total (\\d{1,18})/-?\\d+ left, event (\\d{1,18}) is");

  /** The monitor's "info replay". */
  private static final Pattern INFO = Pattern.compile("instruction count = (\\d{1,18})");

  /**
   * The sorts of messages, with words that only they have, as QEMU 7.2, 10.0 and 11.1 have them.
   */
  public enum Meaning {
    /** A device wrote a character where the log has none. */
    CHAR_WRITE(
        "missing character write",
        "missing-char-write",
        "the guest wrote a character, and the log goes on with something else: the run went"
            + " another way before",
        "look for what differs: image, kernel, -append, -m, devices, the QEMU release; rrlog diff"
            + " of a second recording shows where"),
    /** A device wanted random bytes where the log has none. */
    RANDOM(
        "missing random",
        "missing-random",
        "the machine wanted random bytes, and the log goes on with something else: another machine"
            + " or release, or another device on the command line",
        "replay with the command line and the QEMU of the recording"),
    /** A synchronous read of a character device. */
    CHAR_READ(
        "missing character read",
        "missing-char-read",
        "a device read its character backend, and the log goes on with something else",
        "replay with the character devices of the recording, in the same order"),
    /** Audio. */
    AUDIO(
        "missing audio",
        "missing-audio",
        "a sound device moved frames, and the log goes on with something else",
        "replay with the -audiodev and the sound devices of the recording"),
    /** The version word. */
    VERSION(
        "invalid input log file version",
        "other-release",
        "this QEMU writes another layout than the log has, or the log was not finished",
        "rrlog info LOG names the releases that read it; rrlog repair mends an unfinished one"),
    /** Bytes that are no event. */
    NO_EVENT(
        "unknown event kind|unknown id -?\\d+ of replay event|invalid async event id",
        "no-event",
        "QEMU reads bytes there that are no event of its layout: the log is damaged, or of another"
            + " release with the same version word",
        "rrlog validate LOG says which; rrlog info LOG names the releases that read it"),
    /** Input for a character device that is not there. */
    CHAR_DEVICE(
        "cannot find char driver",
        "missing-char-device",
        "the log has input for a character device that this command line does not have",
        "replay with the character devices of the recording, in the same order"),
    /** A snapshot in a disk image. */
    SNAPSHOT(
        "could not load snapshot for icount replay",
        "snapshot-missing",
        "the snapshot that rrsnapshot= names is in no disk image of this command line",
        "replay with the image that the recording wrote its snapshot into, without snapshot=on"),
    /** Options without which nothing is replayed. */
    OPTIONS(
        "please enable icount to use record|file name not specified for replay|invalid icount rr",
        "no-rr",
        "-icount says neither shift= nor rr= and rrfile= as replay needs them",
        "add -icount shift=...,rr=replay,rrfile=FILE"),
    /** The file is not there. */
    OPEN(
        "replay: open ",
        "log-missing",
        "QEMU cannot open the log that rrfile= names",
        "relative names start where QEMU was started"),
    /** A main loop that would wait. */
    WAITING(
        "playback shouldn't have to iowait",
        "waits",
        "QEMU 9.0 and later give up where an idle machine waits and the log has nothing for it",
        "what woke the machine is not in the log: disks and networks without blkreplay and"
            + " filter-replay, input that is not recorded"),
    /** The file ended. */
    READ(
        "error reading the replay data|replay file is over",
        "log-ends",
        "QEMU came to the end of the file without the event that ends a log: the recording was"
            + " killed",
        "rrlog repair -o GOOD LOG"),
    /** More devices than QEMU can record. */
    BLOCKED(
        "record/replay( feature)? is not supported",
        "not-supported",
        "something on the command line cannot be recorded or replayed at all; the message names it",
        "leave it away"),
    /** An assertion of the replay code. */
    ASSERTION(
        "assertion",
        "assertion",
        "QEMU's own count of instructions and the log's contradict each other: the run left the"
            + " log before",
        "replay with the -icount, the command line and the QEMU of the recording"),
    /** Only a place, or nothing known. */
    UNKNOWN(
        "",
        "unknown-message",
        "no message of QEMU's replay that is known here",
        "the events around the place tell what the log expects");

    private final Pattern words;
    private final String code;
    private final String message;
    private final String remedy;

    Meaning(String words, String code, String message, String remedy) {
      this.words = Pattern.compile(words);
      this.code = code;
      this.message = message;
      this.remedy = remedy;
    }

    Diagnosis diagnosis() {
      return this == UNKNOWN
          ? Diagnosis.warning(code, message, remedy)
          : Diagnosis.error(code, message, remedy);
    }
  }

  /** Understands what was printed, as far as it is known. */
  public static QemuMessage of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Meaning meaning =
        Arrays.stream(Meaning.values())
            .filter(known -> known.words.matcher(lower).find())
            .findFirst()
            .orElseThrow();
    Matcher place = PLACE.matcher(text);
    if (place.find()) {
      return new QemuMessage(
          meaning,
          OptionalLong.of(Long.parseLong(place.group(1))),
          OptionalLong.of(Math.max(0, Long.parseLong(place.group(2)) - 1)));
    }
    Matcher info = INFO.matcher(text);
    return new QemuMessage(
        meaning,
        info.find() ? OptionalLong.of(Long.parseLong(info.group(1))) : OptionalLong.empty(),
        OptionalLong.empty());
  }

  /** What it means, and what to do; at its place in the log where that is known. */
  public Diagnosis diagnosis(Optional<Position> place) {
    Diagnosis diagnosis = meaning.diagnosis();
    return place.map(diagnosis::at).orElse(diagnosis);
  }
}
