package rrlog.core.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The Linux input event codes that QEMU 11.1 writes for keys, named as the QKeyCode of the same key
 * where there is one, so that a key has one name in every dialect.
 *
 * <p>Source: the KEY_* numbers of Linux's input event codes, which are a stable interface.
 */
final class LinuxKeyNames {
  private LinuxKeyNames() {}

  private static final int SIZE = 0x300;

  /** Runs of consecutive codes: first code, then the names; a dot leaves a code without a name. */
  private static final String[] RUNS = {
    "1 esc 1 2 3 4 5 6 7 8 9 0 minus equal backspace tab q w e r t y u i o p bracket_left"
        + " bracket_right ret ctrl a s d f g h j k l semicolon apostrophe grave_accent shift"
        + " backslash z x c v b n m comma dot slash shift_r kp_multiply alt spc caps_lock f1 f2 f3"
        + " f4 f5 f6 f7 f8 f9 f10 num_lock scroll_lock kp_7 kp_8 kp_9 kp_subtract kp_4 kp_5 kp_6"
        + " kp_add kp_1 kp_2 kp_3 kp_0 kp_decimal",
    "86 less f11 f12 ro . hiragana henkan katakanahiragana muhenkan . kp_enter ctrl_r kp_divide"
        + " print alt_r lf home up pgup left right end down pgdn insert delete . audiomute"
        + " volumedown volumeup power kp_equals . pause . kp_comma lang1 lang2 yen meta_l meta_r"
        + " compose stop again props undo front copy open paste find cut help menu calculator .",
    "142 sleep wake",
    "155 mail ac_bookmarks computer ac_back ac_forward",
    "163 audionext audioplay audioprev audiostop",
    "172 ac_home ac_refresh",
    "183 f13 f14 f15 f16 f17 f18 f19 f20 f21 f22 f23 f24",
    "226 mediaselect",
  };

  /** The names by code; an empty one where QEMU has no name for the code. */
  static List<String> all() {
    List<String> names = new ArrayList<>(Collections.nCopies(SIZE, ""));
    for (String run : RUNS) {
      String[] words = run.split(" ");
      int code = Integer.parseInt(words[0]);
      for (String word : Arrays.asList(words).subList(1, words.length)) {
        if (!word.equals(".")) {
          names.set(code, word);
        }
        code++;
      }
    }
    return names;
  }
}
