package rrlog.core.machine.platform.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.replay.AsyncWork;
import rrlog.core.replay.Replay;
import rrlog.core.state.StateVisitor;

/**
 * A disk behind QEMU's blkreplay: a request gets its number and does its work when it is submitted;
 * the driver sees it completed at the event with that number (icount semantics section 6).
 *
 * <p>Requests of one notification that continue each other are merged into one, as QEMU's
 * request-merging does. Without a write cache each write is followed by a flush, a request of its
 * own that begins when the write has completed.
 *
 * <p>More than 400 lines in one file: merging, submitting and completing share one queue's state.
 */
public final class BlockDevice extends VirtioDevice {
  private static final int ID = 2;
  private static final int SEG_MAX = 2;
  private static final int GEOMETRY = 4;
  private static final int READ_ONLY = 5;
  private static final int BLOCK_SIZE = 6;
  private static final int SCSI = 7;
  private static final int FLUSH = 9;
  private static final int TOPOLOGY = 10;
  private static final int CONFIG_WCE = 11;
  private static final int MULTIPLE_QUEUES = 12;
  private static final int DISCARD = 13;
  private static final int WRITE_ZEROES = 14;

  private static final int QUEUE_SIZE = 256;
  private static final int CONFIG_LENGTH = 57;
  private static final int CONFIG_WRITE_CACHE = 32;
  private static final int HEADER = 16;
  private static final int SERIAL = 20;
  private static final int MAX_MERGE = 32;
  private static final int MAX_BUFFERS = 1024;
  private static final int MAX_SECTORS = Integer.MAX_VALUE >> 9;

  private static final int T_OUT = 1;
  private static final int T_BARRIER = 0x8000_0000;
  private static final int T_SCSI = 2;
  private static final int T_FLUSH = 4;
  private static final int T_GET_ID = 8;
  private static final int T_DISCARD = 11;
  private static final int T_WRITE_ZEROES = 13;
  private static final int SEGMENT = 16;
  private static final int FLAG_UNMAP = 1;
  private static final int S_OK = 0;
  private static final int S_IO_ERROR = 1;
  private static final int S_UNSUPPORTED = 2;

  private final Replay replay;
  private final DiskImage image;
  private final Settings settings;
  private final List<Virtqueue> queues = new ArrayList<>();
  private final AsyncWork completion;
  private final OutstandingRequests outstanding;
  private boolean writeCache;

  /**
   * What the command line says of a disk.
   *
   * @param readOnly whether the guest may not write
   * @param recorded whether it is behind blkreplay, so that the end of a request is an event
   * @param serial its serial number, of which the driver sees 20 bytes
   * @param queues how many it has, from 1 on
   * @param writeCache whether it starts with a write cache; without it each write is flushed
   * @param cacheSwitch whether the driver may switch the write cache
   */
  public record Settings(
      boolean readOnly,
      boolean recorded,
      String serial,
      int queues,
      boolean writeCache,
      boolean cacheSwitch) {
    /** What QEMU has where nothing is said. */
    public static Settings of(boolean readOnly, boolean recorded) {
      return new Settings(readOnly, recorded, "", 1, true, true);
    }
  }

  /** One request of the driver's; {@code out} and {@code in} without header and status. */
  private record Request(
      Chain chain,
      int type,
      long sector,
      List<Chain.Buffer> out,
      List<Chain.Buffer> in,
      OutstandingRequests.Answer answer) {
    boolean write() {
      return (type & T_OUT) != 0;
    }

    long data() {
      return Chain.length(write() ? out : in);
    }

    int buffers() {
      return (write() ? out : in).size();
    }
  }

  /** A disk. */
  public BlockDevice(Bus bus, Replay replay, DiskImage image, Settings settings) {
    super(
        bus,
        ID,
        bits(SEG_MAX, GEOMETRY, BLOCK_SIZE, SCSI, TOPOLOGY, DISCARD, WRITE_ZEROES)
            | (settings.writeCache() || settings.cacheSwitch() ? bits(FLUSH) : 0)
            | (settings.cacheSwitch() ? bits(CONFIG_WCE) : 0)
            | (settings.queues() > 1 ? bits(MULTIPLE_QUEUES) : 0)
            | (settings.readOnly() ? bits(READ_ONLY) : 0),
        bits(SCSI));
    this.replay = replay;
    this.image = image;
    this.settings = settings;
    this.outstanding = new OutstandingRequests(settings.queues());
    this.writeCache = settings.writeCache();
    for (int i = 0; i < settings.queues(); i++) {
      queues.add(addQueue(QUEUE_SIZE));
    }
    this.completion = replay.async().newWork("virtio-blk", this::carryOn);
  }

  @Override
  PciIdentity pci() {
    return new PciIdentity(0x1001, 0x010000, settings.queues() + 1);
  }

  @Override
  long notBesideModern() {
    return bits(SCSI);
  }

  @Override
  byte[] configuration() {
    Geometry geometry = Geometry.of(image);
    ByteBuffer config = ByteBuffer.allocate(CONFIG_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    config.putLong(0, image.sectors());
    config.putInt(12, QUEUE_SIZE - 2);
    config.putShort(16, (short) geometry.cylinders());
    config.put(18, (byte) geometry.heads());
    config.put(19, (byte) geometry.sectors());
    config.putInt(20, DiskImage.SECTOR);
    config.put(CONFIG_WRITE_CACHE, (byte) (writeCache ? 1 : 0));
    config.putShort(34, (short) settings.queues());
    config.putInt(36, MAX_SECTORS);
    config.putInt(40, 1); // discard segments
    config.putInt(44, 1); // discard alignment
    config.putInt(48, MAX_SECTORS);
    config.putInt(52, 1); // write-zeroes segments
    config.put(56, (byte) 1); // write-zeroes may unmap
    return config.array();
  }

  @Override
  void configure(byte[] configuration) {
    writeCache = configuration[CONFIG_WRITE_CACHE] != 0;
  }

  @Override
  void statusWillBe(int value) {
    if ((value & 4) != 0 && !negotiated(CONFIG_WCE)) {
      writeCache = negotiated(FLUSH);
    }
  }

  @Override
  void deviceReset() {
    writeCache = settings.writeCache();
    outstanding.clear();
  }

  @Override
  void handle(int index) {
    List<Request> merge = new ArrayList<>();
    Virtqueue queue = queues.get(index);
    do {
      queue.setNotification(false, eventIndex());
      for (Optional<Chain> chain = pop(queue); chain.isPresent(); chain = pop(queue)) {
        try {
          begin(parse(index, chain.get()), merge);
        } catch (DeviceBroken e) {
          // What came before it is submitted all the same.
          queue.drop();
          breakDown();
        }
      }
      queue.setNotification(true, eventIndex());
    } while (!isEmpty(queue));
    submit(merge);
  }

  private Request parse(int queue, Chain chain) {
    byte[] header = Chain.read(bus, chain.out(), 0, HEADER);
    if (chain.in().isEmpty() || header.length < HEADER || chain.in().getLast().length() < 1) {
      throw new DeviceBroken("request without header or status");
    }
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    Chain.Buffer last = chain.in().getLast();
    List<Chain.Buffer> in = new ArrayList<>(chain.in());
    in.removeLast();
    if (last.length() > 1) {
      in.add(new Chain.Buffer(last.address(), last.length() - 1));
    }
    return new Request(
        chain,
        fields.getInt(0),
        fields.getLong(8),
        behind(chain.out(), HEADER),
        in,
        new OutstandingRequests.Answer(
            queue, chain.head(), last.address() + last.length() - 1, Chain.length(chain.in())));
  }

  private static List<Chain.Buffer> behind(List<Chain.Buffer> buffers, long count) {
    List<Chain.Buffer> rest = new ArrayList<>();
    long skip = count;
    for (Chain.Buffer buffer : buffers) {
      if (skip >= buffer.length()) {
        skip -= buffer.length();
      } else {
        rest.add(new Chain.Buffer(buffer.address() + skip, buffer.length() - skip));
        skip = 0;
      }
    }
    return rest;
  }

  private void begin(Request request, List<Request> merge) {
    switch (request.type() & ~(T_OUT | T_BARRIER)) {
      case 0 -> {
        if (!inRange(request.sector(), request.data())) {
          complete(request.answer(), S_IO_ERROR);
          return;
        }
        if (!merge.isEmpty()
            && (merge.size() == MAX_MERGE || merge.getFirst().write() != request.write())) {
          submit(merge);
        }
        merge.add(request);
      }
      case T_FLUSH -> {
        if (!merge.isEmpty() && merge.getFirst().write()) {
          submit(merge);
        }
        flush(List.of(request.answer()));
      }
      case T_GET_ID -> {
        // With the zero that ends it, where there is room.
        byte[] serial = settings.serial().getBytes(StandardCharsets.UTF_8);
        byte[] shown = Arrays.copyOf(serial, Math.min(serial.length + 1, SERIAL));
        Chain.write(bus, request.in(), 0, shown);
        complete(request.answer(), S_OK);
      }
      case T_DISCARD & ~T_OUT, T_WRITE_ZEROES & ~T_OUT -> zeroes(request);
      case T_SCSI -> scsi(request);
      default -> complete(request.answer(), S_UNSUPPORTED);
    }
  }

  private boolean inRange(long sector, long bytes) {
    long count = bytes / DiskImage.SECTOR;
    return bytes % DiskImage.SECTOR == 0
        && count <= MAX_SECTORS
        && sector >= 0
        && sector <= image.sectors()
        && count <= image.sectors() - sector;
  }

  /** Sorts by sector and merges what continues; empties the list. */
  private void submit(List<Request> requests) {
    if (requests.size() > 1) {
      requests.sort(Comparator.comparingLong(Request::sector));
    }
    List<Request> run = new ArrayList<>();
    long next = 0;
    int buffers = 0;
    for (Request request : requests) {
      if (!run.isEmpty()
          && (request.sector() != next || buffers > MAX_BUFFERS - request.buffers())) {
        submitRun(run);
        run = new ArrayList<>();
      }
      if (run.isEmpty()) {
        next = request.sector();
        buffers = 0;
      }
      next += request.data() / DiskImage.SECTOR;
      buffers += request.buffers();
      run.add(request);
    }
    if (!run.isEmpty()) {
      submitRun(run);
    }
    requests.clear();
  }

  private void submitRun(List<Request> run) {
    boolean write = run.getFirst().write();
    List<OutstandingRequests.Answer> answers = run.stream().map(Request::answer).toList();
    if (write && settings.readOnly()) {
      // Not the device but what is behind it says so, before blkreplay is asked.
      atOnce(answers, OutstandingRequests.Then.FAIL);
      return;
    }
    long number = newRequest();
    for (Request request : run) {
      // The host copies at a moment of its own before the completion; here at the earliest.
      copy(request);
    }
    boolean writeThrough = write && !writeCache;
    finished(
        number,
        answers,
        writeThrough ? OutstandingRequests.Then.FLUSH : OutstandingRequests.Then.SUCCEED);
  }

  /** Moves the data in pieces: a request may be as long as the disk. */
  private void copy(Request request) {
    long at = request.sector() * DiskImage.SECTOR;
    for (Chain.Buffer buffer : request.write() ? request.out() : request.in()) {
      for (long done = 0; done < buffer.length(); ) {
        int part = (int) Math.min(buffer.length() - done, DiskImage.CLUSTER);
        if (request.write()) {
          image.write(at, bus.read(buffer.address() + done, part));
        } else {
          bus.write(buffer.address() + done, image.read(at, part));
        }
        at += part;
        done += part;
      }
    }
  }

  private void flush(List<OutstandingRequests.Answer> answers) {
    if (settings.readOnly()) {
      // Nothing to do, which is said before blkreplay is asked.
      atOnce(answers, OutstandingRequests.Then.SUCCEED);
      return;
    }
    long number = newRequest();
    finished(number, answers, OutstandingRequests.Then.SUCCEED);
  }

  private void zeroes(Request request) {
    boolean write = (request.type() & ~T_BARRIER) == T_WRITE_ZEROES;
    if (!request.write() || Chain.length(request.out()) > SEGMENT) {
      complete(request.answer(), S_UNSUPPORTED);
      return;
    }
    byte[] segment = Chain.read(bus, request.out(), 0, SEGMENT);
    if (segment.length < SEGMENT) {
      throw new DeviceBroken("request too short");
    }
    ByteBuffer fields = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
    long sector = fields.getLong(0);
    long count = fields.getInt(8) & 0xffff_ffffL;
    int flags = fields.getInt(12);
    if (count > MAX_SECTORS || !inRange(sector, count * DiskImage.SECTOR)) {
      complete(request.answer(), S_IO_ERROR);
    } else if ((flags & ~(write ? FLAG_UNMAP : 0)) != 0) {
      complete(request.answer(), S_UNSUPPORTED);
    } else if (settings.readOnly()) {
      atOnce(List.of(request.answer()), OutstandingRequests.Then.FAIL);
    } else if (!write || count == 0) {
      // A disk that does not discard is done before a request is made (discard=ignore).
      atOnce(List.of(request.answer()), OutstandingRequests.Then.SUCCEED);
    } else {
      long number = newRequest();
      image.clear(sector * DiskImage.SECTOR, count * DiskImage.SECTOR);
      boolean writeThrough = !writeCache;
      finished(
          number,
          List.of(request.answer()),
          writeThrough ? OutstandingRequests.Then.FLUSH : OutstandingRequests.Then.SUCCEED);
    }
  }

  /** SCSI commands are not passed through; the driver is told in two places. */
  private void scsi(Request request) {
    List<Chain.Buffer> in = request.chain().in();
    if (request.chain().out().size() < 2 || in.size() < 3) {
      complete(request.answer(), S_IO_ERROR);
      return;
    }
    bus.write(in.get(in.size() - 2).address(), new byte[] {-1, 0, 0, 0});
    complete(request.answer(), S_UNSUPPORTED);
  }

  /** Work that is done before it could wait: a bottom half of its own, not a block request. */
  private void atOnce(List<OutstandingRequests.Answer> answers, OutstandingRequests.Then then) {
    replay.async().scheduleBhOneshot(completion, outstanding.add(answers, then));
  }

  /** What the driver sees of requests at their event, unless the device was reset meanwhile. */
  private void finished(
      long number, List<OutstandingRequests.Answer> answers, OutstandingRequests.Then then) {
    long ticket = outstanding.add(answers, then);
    if (settings.recorded()) {
      replay.async().blockFinished(number, completion, ticket);
    } else {
      replay.async().unrecordedFinished(completion, ticket);
    }
  }

  private long newRequest() {
    return settings.recorded() ? replay.async().newBlockRequest() : 0;
  }

  private void carryOn(long ticket) {
    outstanding.take(ticket).ifPresent(done -> guarded(() -> carryOn(done)));
  }

  private void carryOn(OutstandingRequests.Requests done) {
    switch (done.then()) {
      case SUCCEED -> done.answers().forEach(answer -> complete(answer, S_OK));
      case FAIL -> done.answers().forEach(answer -> complete(answer, S_IO_ERROR));
      case FLUSH -> flush(done.answers());
    }
  }

  private void complete(OutstandingRequests.Answer answer, int status) {
    bus.write(answer.status(), new byte[] {(byte) status});
    Virtqueue queue = queues.get(answer.queue());
    push(queue, answer.head(), answer.length());
    interrupt(queue);
  }

  @Override
  void visitDevice(StateVisitor visitor) {
    writeCache = visitor.flag("write-cache", writeCache);
    visitor.part("outstanding", outstanding);
    visitor.part("image", image);
  }
}
