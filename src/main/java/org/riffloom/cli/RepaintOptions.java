package org.riffloom.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.KeptSound;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a riff that is made out of a sound. */
final class RepaintOptions {

    @Option(
            names = "--audio",
            paramLabel = "FILE",
            description =
                    "Sound to start from, of any length: WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus. It is painted anew in windows of "
                            + "5.12 seconds that go on from each other, as far from what it was as --denoising says: 0.3 recolours it, "
                            + "0.8 leaves little but its rhythm. The file written is as long, to the sample, and in stereo "
                            + "if the sound is, with what is painted on the side where the sound was; it has 44.1 kHz and "
                            + "nothing above 10 kHz.")
    private @Nullable Path audio;

    @Option(
            names = "--keep-below",
            paramLabel = "HZ",
            defaultValue = "0",
            description = "Keep what the sound has below this frequency, such as 150 for its bass.")
    private double below;

    @Option(
            names = "--keep-above",
            paramLabel = "HZ",
            defaultValue = "Infinity",
            description = "Keep what the sound has above this frequency, such as 5000 for its cymbals.")
    private double above;

    @Option(
            names = "--keep-time",
            paramLabel = "FROM-TO",
            converter = Seconds.class,
            description =
                    "Keep the sound between two times in seconds, such as 0-12.5, or 60- to its end. May be given "
                            + "several times.")
    private List<KeptSound.Span> times = new ArrayList<>();

    /** The sound; nothing for a riff that starts from none. */
    @Nullable
    Path audio() {
        return audio;
    }

    /** @throws org.riffloom.prompt.InvalidRequestException if that cannot be kept */
    KeptSound kept() {
        return new KeptSound(below, above, times);
    }

    /** {@code 0-12.5}, or {@code 60-}. */
    static final class Seconds implements ITypeConverter<KeptSound.Span> {

        private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)-(\\d+(?:\\.\\d+)?)?");

        @Override
        public KeptSound.Span convert(String value) {
            Matcher matcher = FORM.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'" + value + "' is not two times in seconds; write them like 0-12.5, or 60- to the end");
            }
            double to = matcher.group(2) == null ? Double.POSITIVE_INFINITY : Double.parseDouble(matcher.group(2));
            return new KeptSound.Span(Double.parseDouble(matcher.group(1)), to);
        }
    }
}
