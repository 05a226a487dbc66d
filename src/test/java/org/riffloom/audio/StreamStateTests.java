package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/** A stream that is saved, and goes on elsewhere, or is damaged on its way. */
class StreamStateTests {

    private static final SpectrogramParameters MONO = SpectrogramParameters.DEFAULT;
    private static final int RATE = MONO.sampleRate();

    /** What a clip's sound passes through, at the most. */
    private static final class Chain {

        final StreamingInverter inverter;
        final LoudnessLeveler leveler;

        Chain(SpectrogramParameters format, InversionQuality quality) {
            inverter = new StreamingInverter(format, quality);
            leveler = new LoudnessLeveler(RATE, format.channels(), true);
        }

        float[][] append(MelSpectrogram piece) {
            return leveler.next(inverter.append(piece)).channels();
        }

        byte[] save() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            inverter.write(out);
            leveler.write(out);
            return bytes.toByteArray();
        }

        Chain restore(byte[] saved) throws IOException {
            ByteArrayInputStream bytes = new ByteArrayInputStream(saved);
            DataInputStream in = new DataInputStream(bytes);
            inverter.read(in);
            leveler.read(in);
            assertThat(bytes.available()).isZero();
            return this;
        }

        void reset() {
            inverter.reset();
            leveler.reset();
        }
    }

    /** Music, on two channels different music. */
    private static MelSpectrogram piece(SpectrogramParameters format, int from, int to) {
        MelSpectrogram left = MusicImages.read("rock").slice(from, to);
        if (format.channels() == 1) {
            return left;
        }
        MelSpectrogram right = MusicImages.read("piano-trio").slice(from, to);
        return new MelSpectrogram(format, to - from, new float[][] {left.magnitudes()[0], right.magnitudes()[0]});
    }

    static Stream<Arguments> kinds() {
        return Stream.of(InversionQuality.values())
                .flatMap(quality ->
                        Stream.of(Arguments.of(quality, MONO), Arguments.of(quality, MONO.withStereo(true))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void goesOnToTheBit(InversionQuality quality, SpectrogramParameters format) throws IOException {
        Chain whole = new Chain(format, quality);
        whole.append(piece(format, 0, 17));
        // A short piece, so that what is known of the one before it has to be known still.
        whole.append(piece(format, 17, 20));
        byte[] saved = whole.save();
        // Beyond the join's own frames, and not.
        float[][] third = whole.append(piece(format, 20, 40));
        float[][] fourth = whole.append(piece(format, 300, 305));

        Chain other = new Chain(format, quality);
        other.append(piece(format, 400, 403));
        other.restore(saved);
        assertThat(other.append(piece(format, 20, 40))).isDeepEqualTo(third);
        assertThat(other.append(piece(format, 300, 305))).isDeepEqualTo(fourth);
        assertThat(other.save()).isEqualTo(whole.save());
        assertThat(other.inverter.finish().channels())
                .isDeepEqualTo(whole.inverter.finish().channels());
        assertThat(saved.length).isLessThan(64 * 1024 * format.channels());

        // The comparison's own yardstick: out of silence it sounds different.
        assertThat(new Chain(format, quality).append(piece(format, 20, 40))[0]).isNotEqualTo(third[0]);
    }

    /** Loud strokes and silence have the limiter's gain, and the compressor's, on its way at every moment. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void levelsAndLimitsOnToTheBit(boolean compressed) throws IOException {
        Random random = new Random(5);
        LoudnessLeveler whole = new LoudnessLeveler(RATE, 2, compressed);
        for (int clip = 0; clip < 12; clip++) {
            byte[] saved = write(whole);
            LoudnessLeveler other = new LoudnessLeveler(RATE, 2, compressed);
            other.next(drums(random, 5_000));
            read(other, saved);
            Waveform next = clip % 4 == 3 ? new Waveform(RATE, new float[2][3_000]) : drums(random, 20_000 + 37 * clip);
            assertThat(other.next(next).channels())
                    .as("clip %d", clip)
                    .isDeepEqualTo(whole.next(next).channels());
        }
    }

    /** A setting that changed between two riffs is no reason to forget the first. */
    @Test
    void goesOnWithACompressorFromWithoutOneAndBack() throws IOException {
        Random random = new Random(6);
        Waveform before = drums(random, 20_000);
        Waveform after = drums(random, 20_000);
        LoudnessLeveler plain = new LoudnessLeveler(RATE, 2);
        plain.next(before);
        LoudnessLeveler turnedOn = new LoudnessLeveler(RATE, 2, true);
        turnedOn.next(drums(random, 5_000));
        read(turnedOn, write(plain));
        // The compressor is all that lies before the leveller.
        assertThat(turnedOn.next(after).channels())
                .isDeepEqualTo(plain.next(new Compressor(RATE).next(after)).channels());

        LoudnessLeveler compressed = new LoudnessLeveler(RATE, 2, true);
        compressed.next(before);
        LoudnessLeveler turnedOff = new LoudnessLeveler(RATE, 2);
        assertThat(read(turnedOff, write(compressed))).isZero();
        LoudnessLeveler reference = new LoudnessLeveler(RATE, 2);
        reference.next(new Compressor(RATE).next(before));
        assertThat(turnedOff.next(after).channels())
                .isDeepEqualTo(reference.next(after).channels());
    }

    /** What was written before there was a compressor is what is written without one. */
    @Test
    void readsWhatIsKeptForYears() throws IOException {
        float[] sound = new float[100];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (i % 10 - 4.5f) / (10 + i);
        }
        Waveform clip = new Waveform(2_000, new float[][] {sound});
        byte[] old = Base64.getDecoder()
                .decode(
                        "AAAH0AAAAAEBQA3/zWS+Xcg8BMnwPMUbwD0ikEo9YURKPY9aAL2N6wW9WpNevRqYRry3tnK78phPO/BI1zyyg2Y9E17rPUxo"
                                + "oT2CMzY9WpNePYIzNj2PWgC9jesFvVqTXr0amEa8t7Zyu/KYTzvwSNc8soNmPRNe6z1MaKEAAAABP4AAAD+AAAA/gAAA"
                                + "AAAAAUAIAAAAAAAAP4AAAAAAAAE/gAAAAAAAAQ==");
        for (boolean compressed : new boolean[] {false, true}) {
            LoudnessLeveler leveler = new LoudnessLeveler(2_000, 1, compressed);
            assertThat(read(leveler, old)).isZero();
            float[] next = leveler.next(clip).channels()[0];
            assertThat(next[0]).isCloseTo(-0.0692959f, within(1e-6f));
            assertThat(next[9]).isCloseTo(0.0635742f, within(1e-6f));
            assertThat(next[10]).isCloseTo(-0.69f, within(0.2f));
        }
        LoudnessLeveler leveler = new LoudnessLeveler(2_000, 1);
        leveler.next(clip);
        assertThat(write(leveler)).hasSameSizeAs(old);
    }

    private static byte[] write(LoudnessLeveler leveler) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        leveler.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** Returns how many bytes are left. */
    private static int read(LoudnessLeveler leveler, byte[] saved) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(saved);
        leveler.read(new DataInputStream(bytes));
        return bytes.available();
    }

    private static Waveform drums(Random random, int length) {
        float[][] sound = new float[2][length];
        for (int i = 0; i < length; i++) {
            double stroke = Math.exp(-(i % 7_000) / 900.0);
            sound[0][i] = (float) (0.9 * stroke * random.nextGaussian());
            sound[1][i] = (float) (0.3 * stroke * random.nextGaussian());
        }
        return new Waveform(RATE, sound);
    }

    @Test
    void aStreamThatHasNotBegunIsSavedToo() throws IOException {
        byte[] saved = new Chain(MONO, InversionQuality.DRAFT).save();
        Chain other = new Chain(MONO, InversionQuality.DRAFT);
        other.append(piece(MONO, 0, 50));
        other.restore(saved);
        assertThat(other.append(piece(MONO, 50, 100)))
                .isDeepEqualTo(new Chain(MONO, InversionQuality.DRAFT).append(piece(MONO, 50, 100)));
    }

    @Test
    void refusesWhatIsOfAnotherFormat() throws IOException {
        byte[] mono = new Chain(MONO, InversionQuality.DRAFT).save();
        assertThatThrownBy(() -> new Chain(MONO.withStereo(true), InversionQuality.DRAFT).restore(mono))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stereo");
        byte[] other = write(new LoudnessLeveler(48_000, 1));
        assertThatThrownBy(() -> read(new LoudnessLeveler(RATE, 1), other)).isInstanceOf(IOException.class);
    }

    @Test
    void beginsAnewAfterWhateverWasWrong() throws IOException {
        Chain chain = new Chain(MONO, InversionQuality.DRAFT);
        float[][] begun = chain.append(piece(MONO, 0, 60));
        byte[] saved = chain.save();
        for (int length = 0; length < saved.length; length += 1 + length / 3) {
            byte[] cut = Arrays.copyOf(saved, length);
            assertThatThrownBy(() -> chain.restore(cut)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
        chain.reset();
        assertThat(chain.append(piece(MONO, 0, 60))).isDeepEqualTo(begun);

        Random random = new Random(8);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[saved.length];
            random.nextBytes(noise);
            assertThatThrownBy(() -> chain.restore(noise)).isInstanceOf(IOException.class);
        }
        chain.reset();
        assertThat(chain.append(piece(MONO, 0, 60))).isDeepEqualTo(begun);
    }

    /** Whatever is let through sounds, if not well: no exception, no number that is none, and an end to it. */
    @Test
    void anythingThatIsAcceptedCanBePlayed() throws IOException {
        Chain chain = new Chain(MONO, InversionQuality.DRAFT);
        chain.append(piece(MONO, 0, 60));
        byte[] saved = chain.save();
        MelSpectrogram next = piece(MONO, 60, 70);
        Random random = new Random(13);
        int accepted = 0;
        for (int i = 0; i < 300; i++) {
            byte[] damaged = saved.clone();
            for (int hits = 1 + random.nextInt(5); hits > 0; hits--) {
                int at = random.nextInt(damaged.length - 8);
                switch (random.nextInt(4)) {
                    case 0 -> damaged[at] = (byte) random.nextInt();
                    case 1 -> ByteBuffer.wrap(damaged).putInt(at, random.nextInt(5) - 2);
                    case 2 -> ByteBuffer.wrap(damaged).putFloat(at / 4 * 4, random.nextFloat() * 1e9f);
                    default -> ByteBuffer.wrap(damaged).putDouble(at, random.nextGaussian() * 1e3);
                }
            }
            if (!canRestore(chain, damaged)) {
                continue;
            }
            accepted++;
            for (float sample : chain.append(next)[0]) {
                assertThat(sample).as("round %d", i).isFinite();
            }
        }
        assertThat(accepted).isBetween(10, 290);
    }

    private static boolean canRestore(Chain chain, byte[] bytes) {
        try {
            chain.restore(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Each number by itself: no place is read without being looked at, but the low halves of doubles. */
    @ParameterizedTest
    @CsvSource({"false, 1", "true, 4"})
    void noNumberMayBeNone(boolean compressed, int doubles) throws IOException {
        LoudnessLeveler leveler = new LoudnessLeveler(RATE, 1, compressed);
        leveler.next(new Waveform(RATE, new float[][] {new float[] {0.5f, 0.1f, -0.2f}}));
        byte[] saved = write(leveler);
        int accepted = 0;
        int first = 2 * Integer.BYTES + 1 + Double.BYTES;
        for (int at = first; at + Float.BYTES <= saved.length; at += Float.BYTES) {
            byte[] damaged = saved.clone();
            ByteBuffer.wrap(damaged).putInt(at, Float.floatToRawIntBits(Float.NaN));
            try {
                read(leveler, damaged);
                accepted++;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("can be");
            }
        }
        assertThat(accepted).isEqualTo(doubles);
    }
}
