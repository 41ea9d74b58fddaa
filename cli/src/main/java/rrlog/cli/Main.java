package rrlog.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import rrlog.cli.io.ClosedPipeException;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.Failures;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.Interruption;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.BadUsage;
import rrlog.cli.options.UsageException;
import rrlog.cli.verb.Verbs;

/** Entry point of the command {@code rrlog}. */
public final class Main {
  private Main() {}

  /** Runs a command line and ends the process with its exit status. */
  public static void main(String[] args) {
    int status = run(FileNames.words(args));
    Interruption.ended(status);
    // Exit looks for a logger first, to say that it was called: a hundredth of a start.
    if (status != ExitStatus.OK) {
      System.exit(status);
    }
  }

  /** Runs one command line on the process's own streams and returns its exit status. */
  static int run(String... args) {
    return run(Terminal.ofProcess(), args);
  }

  /** Runs one command line and returns its exit status; nothing is left in between runs. */
  static int run(Terminal terminal, String... args) {
    int status;
    try {
      CommandLine rrlog = Verbs.commandLine(terminal, args);
      rrlog.setParameterExceptionHandler(usage(terminal));
      rrlog.setExecutionExceptionHandler(failure(terminal));
      status = rrlog.execute(args);
    } catch (OutOfMemoryError full) {
      terminal.error(
          "rrlog: out of memory: the JVM may take "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB; RRLOG_JAVA_OPTS=-Xmx... allows more");
      return ExitStatus.FAILURE;
    } catch (LinkageError | TypeNotPresentException missing) {
      // A native library that cannot be unpacked, or no more file may be opened.
      terminal.error("rrlog: a part of rrlog cannot be loaded: " + rootMessage(missing));
      return ExitStatus.FAILURE;
    } catch (Error defect) {
      return defect(terminal, defect);
    }
    try {
      terminal.out().flush();
    } catch (ClosedPipeException gone) {
      return status;
    } catch (IOException failure) {
      if (status != ExitStatus.FAILURE) {
        terminal.error("rrlog: " + Failures.describe(failure));
      }
      return ExitStatus.FAILURE;
    }
    return status;
  }

  private static IParameterExceptionHandler usage(Terminal terminal) {
    return (ParameterException bad, String[] args) -> {
      CommandLine command = bad.getCommandLine();
      if (args.length == 0) {
        command.usage(command.getOut());
      }
      terminal.error("rrlog: " + BadUsage.line(bad, List.of(args)));
      terminal.error("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
      return ExitStatus.FAILURE;
    };
  }

  private static IExecutionExceptionHandler failure(Terminal terminal) {
    return (Exception failure, CommandLine command, CommandLine.ParseResult result) -> {
      Exception cause =
          failure instanceof UncheckedIOException io && io.getCause() != null
              ? io.getCause()
              : failure;
      return switch (cause) {
        case ClosedPipeException _ -> ExitStatus.OK;
        case UsageException usage -> {
          terminal.error("rrlog: " + usage.getMessage());
          terminal.error("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
          yield ExitStatus.FAILURE;
        }
        case IOException io -> {
          terminal.error("rrlog: " + Failures.describe(io));
          yield ExitStatus.FAILURE;
        }
        default -> defect(terminal, cause);
      };
    };
  }

  /** The first line of what the innermost cause says: zstd-jni explains itself at length. */
  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  private static int defect(Terminal terminal, Throwable cause) {
    terminal.error(
        "rrlog: a defect of rrlog itself ("
            + Arrays.stream(cause.toString().split("\n")).findFirst().orElse("")
            + "); please report it with the lines below");
    terminal.stackTrace(cause);
    return ExitStatus.DEFECT;
  }
}
