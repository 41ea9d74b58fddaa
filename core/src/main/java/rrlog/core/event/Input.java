package rrlog.core.event;

/**
 * What an {@link Event.AsyncInput} delivers to the guest.
 *
 * <p>Enumerated values (key codes, buttons, axes, touch types) are kept as the numbers of the log,
 * because their meaning depends on the release that wrote it ({@code
 * docs/log-format.md#input-events}) and a log may hold a number that no table names. A number
 * outside the range that a record names is an {@link IllegalArgumentException}.
 */
public sealed interface Input {

  /** The sub-name of the event, such as {@code key} in {@code async-input/key}. */
  Kind kind();

  /** The kinds of input, in the order of the log's numbers. */
  enum Kind {
    /** A key. */
    KEY,
    /** A mouse button or wheel step. */
    BTN,
    /** Relative motion. */
    REL,
    /** Absolute position. */
    ABS,
    /** Multitouch, QEMU 8.1 and later. */
    MTT;

    private final String label = Labels.of(this);

    /** The kind's name in the common vocabulary. */
    public String label() {
      return label;
    }
  }

  /** How a key is told. */
  enum KeyEncoding {
    /** A PC scan code "number"; occurs up to QEMU 2.10. */
    NUMBER,
    /** A QKeyCode, whose numbering depends on the release. */
    QCODE,
    /** A Linux input event code, QEMU 11.1 and later. */
    LINUX;

    private final String label = Labels.of(this);

    /** The encoding's name in JSON. */
    public String label() {
      return label;
    }
  }

  /**
   * A key went down or up.
   *
   * @param encoding which numbering {@code code} is in
   * @param code the key: any 64-bit number for {@link KeyEncoding#NUMBER}, else an unsigned 32-bit
   *     one
   * @param down whether it was pressed
   */
  record Key(KeyEncoding encoding, long code, boolean down) implements Input {
    /** Checks the ranges. */
    public Key {
      if (encoding != KeyEncoding.NUMBER) {
        Range.U32.check("key", code);
      }
    }

    @Override
    public Kind kind() {
      return Kind.KEY;
    }
  }

  /**
   * A button went down or up.
   *
   * @param button unsigned 32-bit number of the button
   * @param down whether it was pressed
   */
  record Button(long button, boolean down) implements Input {
    /** Checks the ranges. */
    public Button {
      Range.U32.check("button", button);
    }

    @Override
    public Kind kind() {
      return Kind.BTN;
    }
  }

  /**
   * A relative motion.
   *
   * @param axis unsigned 32-bit number, 0 x and 1 y
   * @param value distance
   */
  record Relative(long axis, long value) implements Input {
    /** Checks the ranges. */
    public Relative {
      Range.U32.check("axis", axis);
    }

    @Override
    public Kind kind() {
      return Kind.REL;
    }
  }

  /**
   * An absolute position.
   *
   * @param axis unsigned 32-bit number, 0 x and 1 y
   * @param value position, 0 to 32767 across the screen
   */
  record Absolute(long axis, long value) implements Input {
    /** Checks the ranges. */
    public Absolute {
      Range.U32.check("axis", axis);
    }

    @Override
    public Kind kind() {
      return Kind.ABS;
    }
  }

  /**
   * A multitouch event.
   *
   * @param type unsigned 32-bit number: begin, update, end, cancel, data
   * @param slot touch slot
   * @param trackingId id of the contact, -1 for none
   * @param axis unsigned 32-bit number, 0 x and 1 y
   * @param value position
   */
  record MultiTouch(long type, long slot, long trackingId, long axis, long value) implements Input {
    /** Checks the ranges. */
    public MultiTouch {
      Range.U32.check("type", type);
      Range.U32.check("axis", axis);
    }

    @Override
    public Kind kind() {
      return Kind.MTT;
    }
  }
}
