package org.riffloom;

import com.microsoft.playwright.Page;
import java.util.Map;

/**
 * Records what a page plays, sample by sample with the time of the audio clock, where it goes to the loudspeakers. The
 * page needs a context without a content security policy, as the recorder is a script that the server does not have.
 */
final class SoundRecorder {

    private static final String SCRIPT = """
            {
              // A busy browser may give a worklet what belongs to later frames than it says, or silence, while all sources
              // go on in step. So one more source counts the frames, from 1 to this many, in parts of this many.
              const COUNTED = 1 << 17;
              const COUNT_STARTS_IN = 0.5;
              const worklet = `registerProcessor('recorder', class extends AudioWorkletProcessor {
                block = new Float32Array(4096);
                at = 0;
                from = 0;
                constructor({ processorOptions: { start } }) {
                  super();
                  this.start = start;
                }
                process([input, [count]]) {
                  if (!count?.[0]) {
                    return true;
                  }
                  const counted = this.start - 1 + Math.round(count[0] * ${COUNTED}) - currentFrame;
                  // The count goes round: of its 17 bits, the highest is the sign.
                  const later = counted << 15 >> 15;
                  if (later && !input[0]) {
                    return true;
                  }
                  const frame = currentFrame + later;
                  // A busy machine may leave frames out.
                  if (this.at === this.block.length || frame !== this.from + this.at) {
                    this.port.postMessage({ from: this.from, samples: this.block.slice(0, this.at) });
                    this.at = 0;
                    this.from = frame;
                  }
                  this.block.set(input[0] ?? new Float32Array(128), this.at);
                  this.at += 128;
                  return true;
                }
              })`;
              const address = URL.createObjectURL(new Blob([worklet], { type: 'text/javascript' }));
              const connect = AudioNode.prototype.connect;
              const blocks = new Map();
              let context = null;
              AudioNode.prototype.connect = function (target, ...rest) {
                if (target instanceof AudioDestinationNode) {
                  context = this.context;
                  void this.context.audioWorklet.addModule(address).then(() => {
                    const rate = this.context.sampleRate;
                    const start = Math.ceil((this.context.currentTime + COUNT_STARTS_IN) * rate);
                    const tap = new AudioWorkletNode(this.context, 'recorder', {
                      numberOfInputs: 2, processorOptions: { start } });
                    tap.port.onmessage = ({ data }) => blocks.set(data.from, data.samples);
                    connect.call(this, tap);
                    connect.call(tap, target);
                    const buffer = new AudioBuffer({ length: COUNTED, sampleRate: rate });
                    buffer.copyToChannel(Float32Array.from({ length: COUNTED }, (_, i) => (i + 1) / COUNTED), 0);
                    const count = new AudioBufferSourceNode(this.context, { buffer, loop: true });
                    connect.call(count, tap, 0, 1);
                    count.start(start / rate);
                  });
                }
                return connect.call(this, target, ...rest);
              };
              window.recorder = {
                get context() {
                  return context;
                },
                get begun() {
                  return blocks.size > 0;
                },
                /** Whether everything from one frame to another was recorded. */
                has(from, count) {
                  return this.samples(from, count) !== null;
                },
                /** Where the first stretch of that length begins that was recorded as a whole, or null. */
                whole(from, to, count) {
                  for (let at = from; at + count <= to; at += 4096) {
                    if (this.has(at, count)) return at;
                  }
                  return null;
                },
                samples(from, count) {
                  const samples = new Float32Array(count);
                  let found = 0;
                  for (const [first, block] of blocks) {
                    const begin = Math.max(from, first);
                    const end = Math.min(from + count, first + block.length);
                    if (begin < end) {
                      samples.set(block.subarray(begin - first, end - first), begin - from);
                      found += end - begin;
                    }
                  }
                  return found === count ? samples : null;
                },
                /** How far two stretches are apart at most, and how loud they are. */
                compare(one, other, count) {
                  const [a, b] = [this.samples(one, count), this.samples(other, count)];
                  const worst = a.reduce((most, sample, i) => Math.max(most, Math.abs(sample - b[i])), 0);
                  return { worst, loud: a.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) };
                },
                /** Frames of all samples that are louder than this. */
                above(level) {
                  return [...blocks].flatMap(([from, samples]) =>
                    [...samples.keys()].filter(i => samples[i] > level).map(i => from + i));
                },
              };
            }
            """;

    private SoundRecorder() {}

    /** Records in a page that is not open yet. */
    static void listenTo(Page page) {
        page.addInitScript(SCRIPT);
    }

    /** Whether a stretch was recorded without a gap. */
    static boolean has(Page page, long from, int count) {
        return (boolean) page.evaluate("recorder.has(%d, %d)".formatted(from, count));
    }

    /** The greatest difference of two stretches of the recording, once both are whole; they must not be silent. */
    static double difference(Page page, long one, long other, int count) {
        BrowserTests.await(page, "recorder.has(%d, %d) && recorder.has(%d, %d)".formatted(one, count, other, count));
        Map<?, ?> found = (Map<?, ?>) page.evaluate("recorder.compare(%d, %d, %d)".formatted(one, other, count));
        if (BrowserTests.number(found, "loud") < 0.1) {
            throw new AssertionError("Silence was recorded");
        }
        return BrowserTests.number(found, "worst");
    }
}
