package rrlog.core.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import rrlog.core.event.Input.KeyEncoding;

/**
 * The meaning of key codes in a dialect: QKeyCode lists of several releases, whose numbers moved
 * twice when names were inserted or removed in the middle, and Linux input event codes from QEMU
 * 11.1 on ({@code docs/log-format.md#key-codes}). Immutable.
 */
public final class KeyTable {
  private final String id;
  private final KeyEncoding encoding;
  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  private KeyTable(String id, KeyEncoding encoding, List<String> names) {
    this.id = id;
    this.encoding = encoding;
    this.names = List.copyOf(names);
    for (int number = 0; number < names.size(); number++) {
      if (!names.get(number).isEmpty()) {
        numbers.putIfAbsent(names.get(number), number);
      }
    }
  }

  private static final String QCODES_2_5 =
      """
      unmapped shift shift_r alt alt_r altgr altgr_r ctrl ctrl_r menu esc 1 2 3 4 5 6 7 8 9 0 minus
      equal backspace tab q w e r t y u i o p bracket_left bracket_right ret a s d f g h j k l
      semicolon apostrophe grave_accent backslash z x c v b n m comma dot slash asterisk spc
      caps_lock f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 num_lock scroll_lock kp_divide kp_multiply
      kp_subtract kp_add kp_enter kp_decimal sysrq kp_0 kp_1 kp_2 kp_3 kp_4 kp_5 kp_6 kp_7 kp_8 kp_9
      less f11 f12 print home pgup pgdn end left up down right insert delete stop again props undo
      front copy open paste find cut lf help meta_l meta_r compose pause ro kp_comma
      """;

  /** QEMU 2.5. */
  static final KeyTable QCODE_125 =
      new KeyTable("qcode-125", KeyEncoding.QCODE, List.of(QCODES_2_5.strip().split("\\s+")));

  /** QEMU 2.6 to 2.8. */
  static final KeyTable QCODE_127 = QCODE_125.edit("qcode-127").append("kp_equals power").done();

  /** QEMU 2.9. */
  static final KeyTable QCODE_130 =
      QCODE_127.edit("qcode-130").insertBefore("kp_comma", "hiragana henkan yen").done();

  /** QEMU 2.10 and 2.11. */
  static final KeyTable QCODE_146 =
      QCODE_130
          .edit("qcode-146")
          .remove("altgr altgr_r")
          .append("sleep wake audionext audioprev audiostop audioplay audiomute volumeup")
          .append("volumedown mediaselect mail calculator computer ac_home ac_back ac_forward")
          .append("ac_refresh ac_bookmarks")
          .done();

  /** QEMU 2.12 to 6.0. */
  static final KeyTable QCODE_148 =
      QCODE_146.edit("qcode-148").insertBefore("kp_comma", "muhenkan katakanahiragana").done();

  /** QEMU 6.1 to 7.2. */
  static final KeyTable QCODE_150 = QCODE_148.edit("qcode-150").append("lang1 lang2").done();

  /** QEMU 8.0 to 11.0. */
  static final KeyTable QCODE_162 =
      QCODE_150.edit("qcode-162").append("f13 f14 f15 f16 f17 f18 f19 f20 f21 f22 f23 f24").done();

  /** Linux input event codes, QEMU 11.1. */
  static final KeyTable LINUX =
      new KeyTable("linux-input-event-codes", KeyEncoding.LINUX, LinuxKeyNames.all());

  /** The table's name, such as {@code qcode-150}. */
  public String id() {
    return id;
  }

  /** How the dialect's key events are encoded. */
  public KeyEncoding encoding() {
    return encoding;
  }

  /** Number of codes; codes from here on mean nothing to the releases of the dialect. */
  public int size() {
    return names.size();
  }

  /** The name of a key, empty where the table has none. */
  public Optional<String> name(long number) {
    if (number < 0 || number >= names.size() || names.get((int) number).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(names.get((int) number));
  }

  /** The number of a key's name, empty where the table does not have it. */
  public OptionalInt number(String name) {
    Integer number = numbers.get(name);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private Edit edit(String newId) {
    return new Edit(newId, encoding, new ArrayList<>(names));
  }

  private record Edit(String id, KeyEncoding encoding, List<String> names) {
    Edit append(String more) {
      names.addAll(List.of(more.split(" ")));
      return this;
    }

    Edit insertBefore(String name, String more) {
      names.addAll(names.indexOf(name), List.of(more.split(" ")));
      return this;
    }

    Edit remove(String gone) {
      names.removeAll(List.of(gone.split(" ")));
      return this;
    }

    KeyTable done() {
      return new KeyTable(id, encoding, names);
    }
  }
}
