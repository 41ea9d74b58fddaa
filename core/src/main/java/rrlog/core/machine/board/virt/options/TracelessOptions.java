package rrlog.core.machine.board.virt.options;

import java.util.Set;

/** Options that leave no trace in guest or log: all are recorded, and replay, alike. */
final class TracelessOptions {
  static final Set<String> WITH_VALUE =
      Set.of(
          "D",
          "action",
          "add-fd",
          "audiodev",
          "chroot",
          "compat",
          "d",
          "dfilter",
          "display",
          "fsdev",
          "gdb",
          "k",
          "mon",
          "msg",
          "name",
          "overcommit",
          "parallel",
          "pidfile",
          "plugin",
          "qmp",
          "qmp-pretty",
          "run-with",
          "runas",
          "sandbox",
          "seed",
          "spice",
          "trace",
          "vga",
          "vnc",
          "watchdog-action",
          "writeconfig");

  static final Set<String> ALONE =
      Set.of(
          "S",
          "alt-grab",
          "ctrl-grab",
          "daemonize",
          "enable-sync-profile",
          "full-screen",
          "mem-prealloc",
          "no-acpi",
          "no-fd-bootchk",
          "no-hpet",
          "no-quit",
          "no-reboot",
          "no-shutdown",
          "no-user-config",
          "only-migratable",
          "preconfig",
          "s",
          // One instruction a translation block: the same instructions, the same events.
          "singlestep",
          // The board has no controller to add.
          "usb");

  private TracelessOptions() {}
}
