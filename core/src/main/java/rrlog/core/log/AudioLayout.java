package rrlog.core.log;

/** How a dialect writes the counters of audio events ({@code docs/log-format.md#audio}). */
public enum AudioLayout {
  /** No audio events. */
  NONE(PayloadForm.UNKNOWN, PayloadForm.UNKNOWN),
  /** 32-bit counters, with the write position. */
  INT32(PayloadForm.AUDIO_OUT_32, PayloadForm.AUDIO_IN_32),
  /** 64-bit counters, with the write position. */
  INT64(PayloadForm.AUDIO_OUT_64, PayloadForm.AUDIO_IN_64),
  /** 64-bit counters, without the write position. */
  INT64_NO_WPOS(PayloadForm.AUDIO_OUT_64, PayloadForm.AUDIO_IN_NO_WPOS);

  final PayloadForm out;
  final PayloadForm in;

  AudioLayout(PayloadForm out, PayloadForm in) {
    this.out = out;
    this.in = in;
  }
}
