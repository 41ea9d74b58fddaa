package rrlog.core.machine.board.virt.options;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.Set;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.platform.device.GoldfishRtc;

/** Reads {@code -rtc}: what the board's clock goes by, and where it starts. */
final class RtcOptions {
  private RtcOptions() {}

  static MachineConfig.Rtc parse(KeyValues rtc) throws BadOptionException {
    // driftfix is for the clocks of other boards.
    rtc.only(Set.of("base", "clock", "driftfix"));
    GoldfishRtc.Source source =
        switch (rtc.get("clock").orElse("host")) {
          case "host" -> GoldfishRtc.Source.HOST;
          case "vm" -> GoldfishRtc.Source.VIRTUAL;
          case "rt" -> GoldfishRtc.Source.UNRECORDED;
          default -> throw rtc.bad("clock");
        };
    return new MachineConfig.Rtc(source, base(rtc));
  }

  private static OptionalLong base(KeyValues rtc) throws BadOptionException {
    String base = rtc.get("base").orElse("utc");
    if (base.equals("utc")) {
      return OptionalLong.empty();
    }
    if (base.equals("localtime")) {
      throw new BadOptionException(
          rtc.option() + ": base=localtime is not possible with record/replay");
    }
    try {
      LocalDateTime start =
          base.indexOf('T') < 0 ? LocalDate.parse(base).atStartOfDay() : LocalDateTime.parse(base);
      return OptionalLong.of(start.toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException notADate) {
      throw rtc.bad("base");
    }
  }
}
