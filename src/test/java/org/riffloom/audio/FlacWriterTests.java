package org.riffloom.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.jflac.FLACDecoder;
import org.jflac.PCMProcessor;
import org.jflac.metadata.Metadata;
import org.jflac.metadata.StreamInfo;
import org.jflac.metadata.VorbisComment;
import org.jflac.util.ByteData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.riffloom.spectrogram.SpectrogramParameters;

class FlacWriterTests {

    private static final SoundTags TAGS = new SoundTags("Glöckchen → Baß", "seed: 42\nalpha: 0.25");

    /** Two seconds, of more than a dozen blocks. */
    private static final Waveform MUSIC =
            LoudnessLeveler.level(new SpectrogramInverter(SpectrogramParameters.DEFAULT, InversionQuality.DRAFT)
                    .invert(MusicImages.read("church-organ").slice(0, 200)));

    @TempDir
    Path folder = Path.of("");

    /** Music, and all that is unlike it: every kind of subframe and of stereo must come about. */
    static Stream<Arguments> sounds() {
        float[] music = MUSIC.channels()[0];
        float[] quieter = scaled(music, 0.3f);
        float[] noise = noise(20_000);
        float[] square = new float[9_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 50 % 2 == 0 ? 1 : -1;
        }
        return Stream.of(
                Arguments.of("music", new Waveform(44_100, new float[][] {music})),
                Arguments.of("the same twice", new Waveform(44_100, new float[][] {music, music})),
                Arguments.of("two volumes", new Waveform(44_100, new float[][] {music, quieter})),
                Arguments.of("opposites", new Waveform(44_100, new float[][] {music, scaled(music, -1)})),
                Arguments.of("music and silence", new Waveform(48_000, new float[][] {music, new float[music.length]})),
                Arguments.of("silence and music", new Waveform(48_000, new float[][] {new float[music.length], music})),
                Arguments.of("noise", new Waveform(32_000, new float[][] {noise, scaled(noise, 0.01f)})),
                Arguments.of("extremes", new Waveform(96_000, new float[][] {square, scaled(square, -1)})),
                Arguments.of("full scale", new Waveform(8_000, new float[][] {Sine.of(997, 8_000, 5_000, 1.2)})),
                Arguments.of("silence", new Waveform(22_050, new float[1][10_000])),
                Arguments.of("one sample", new Waveform(44_100, new float[][] {{0.5f}})),
                Arguments.of("three samples", new Waveform(44_100, new float[][] {{0.5f, -1, 1}, {0, 1, 0}})),
                Arguments.of("a block", new Waveform(44_100, new float[][] {Sine.of(440, 44_100, 4_096, 0.5)})),
                Arguments.of(
                        "a block and a bit", new Waveform(44_100, new float[][] {Sine.of(440, 44_100, 4_103, 0.5)})),
                Arguments.of("an odd rate", new Waveform(12_345, new float[][] {Sine.of(440, 12_345, 5_000, 0.5)})),
                Arguments.of("a high rate", new Waveform(352_800, new float[][] {Sine.of(440, 352_800, 5_000, 0.5)})),
                Arguments.of("six channels", new Waveform(44_100, new float[][] {
                    noise, new float[20_000], scaled(noise, 0.5f), scaled(noise, 0.1f), noise, noise
                })));
    }

    private static float[] noise(int length) {
        Random random = new Random(1);
        float[] noise = new float[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextFloat() * 2 - 1;
        }
        return noise;
    }

    private static float[] scaled(float[] samples, float gain) {
        float[] scaled = samples.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= gain;
        }
        return scaled;
    }

    private static byte[] encode(Waveform sound) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FlacWriter.write(sound, TAGS, out);
        return out.toByteArray();
    }

    /** Integers of 16 bits, as another decoder gives them; it stops at a frame whose check is wrong. */
    private static byte[] decode(byte[] file) throws IOException {
        ByteArrayOutputStream samples = new ByteArrayOutputStream();
        FLACDecoder decoder = new FLACDecoder(new ByteArrayInputStream(file));
        decoder.addPCMProcessor(new PCMProcessor() {
            @Override
            public void processStreamInfo(StreamInfo info) {}

            @Override
            public void processPCM(ByteData data) {
                samples.write(data.getData(), 0, data.getLen());
            }
        });
        decoder.decode();
        assertThat(decoder.getBadFrames()).isZero();
        return samples.toByteArray();
    }

    private static byte[] integers(Waveform sound) {
        return Pcm.of(sound, 0, sound.length(), 16);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sounds")
    void losesNothing(String name, Waveform sound) throws IOException, NoSuchAlgorithmException {
        byte[] file = encode(sound);
        assertThat(decode(file)).isEqualTo(integers(sound));
        StreamInfo info = new FLACDecoder(new ByteArrayInputStream(file)).readStreamInfo();
        assertThat(info.getTotalSamples()).isEqualTo(sound.length());
        assertThat(info.getSampleRate()).isEqualTo(sound.sampleRate());
        assertThat(Arrays.copyOfRange(file, 26, 42))
                .isEqualTo(MessageDigest.getInstance("MD5").digest(integers(sound)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sounds")
    @EnabledIf(value = "org.riffloom.audio.Ffmpeg#usable", disabledReason = Ffmpeg.HOW_TO_ENABLE)
    void isReadByFfmpegWithoutAWarning(String name, Waveform sound) throws IOException {
        Path file = Files.write(folder.resolve("sound.flac"), encode(sound));
        Waveform decoded = Ffmpeg.decode(file, sound.sampleRate(), sound.channels().length);
        assertThat(integers(decoded)).isEqualTo(integers(sound));
    }

    @Test
    void saysWhatItIs() throws IOException {
        FLACDecoder decoder =
                new FLACDecoder(new ByteArrayInputStream(encode(new Waveform(44_100, new float[][] {{0.5f}}))));
        Metadata[] metadata = decoder.readMetadata();
        VorbisComment comment = Stream.of(metadata)
                .filter(VorbisComment.class::isInstance)
                .map(VorbisComment.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(comment.getCommentByName("TITLE")).containsExactly(TAGS.title());
        assertThat(comment.getCommentByName("COMMENT")).containsExactly(TAGS.comment());
        assertThat(metadata[metadata.length - 1].isLast()).isTrue();
    }

    @Test
    void isMuchSmallerThanTheSamples() throws IOException {
        assertThat(encode(MUSIC)).hasSizeLessThan(integers(MUSIC).length * 7 / 10);
        Waveform twice = new Waveform(44_100, new float[][] {MUSIC.channels()[0], MUSIC.channels()[0]});
        assertThat(encode(twice)).hasSizeLessThan(encode(MUSIC).length * 51 / 50);
        Waveform silence = new Waveform(44_100, new float[1][441_000]);
        assertThat(encode(silence)).hasSizeLessThan(2_000);
        Waveform noise = new Waveform(44_100, new float[][] {noise(100_000)});
        assertThat(encode(noise)).hasSizeLessThan(200_700);
    }

    @Test
    void knowsTheSizesOfNumbers() throws IOException {
        // Frame numbers take one byte more from 128 on, and again from 2048 on.
        float[] ramp = new float[2_050 * 4_096];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i / 4_096 % 2 * 0.5f;
        }
        Waveform sound = new Waveform(44_100, new float[][] {ramp});
        assertThat(ByteBuffer.wrap(decode(encode(sound)))).isEqualTo(ByteBuffer.wrap(integers(sound)));
    }

    @Test
    void cannotWriteWhatTheFormatCannotHold() {
        for (Waveform sound : new Waveform[] {
            new Waveform(44_100, new float[9][10]),
            new Waveform(44_100, new float[1][0]),
            new Waveform(700_000, new float[1][10])
        }) {
            assertThatIllegalArgumentException().isThrownBy(() -> encode(sound)).withMessageContaining("FLAC");
        }
    }
}
