package rrlog.cli;

/** Entry point. A placeholder until the verbs exist. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command line and returns its exit status. */
  static int run(String... args) {
    String version = Main.class.getPackage().getImplementationVersion();
    System.out.println("rrlog " + (version == null ? "(not packaged)" : version));
    return 0;
  }
}
