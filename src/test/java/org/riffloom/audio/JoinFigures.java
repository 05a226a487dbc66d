package org.riffloom.audio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Prints how well clips join that were painted apart and follow one another by chance; the figures are in
 * benchmark/README.md. At each join, and all over the insides of the clips for comparison: how far the sound's own mel
 * spectrogram is from the pictures within 60 ms, and the share of energy above 12.5 kHz. Next to the stream: the same
 * clips made apart and laid end to end, or faded into each other over 50 ms.
 *
 * <p>At a join the pictures laid side by side ask for a step that no sound has, as the analysis sees 100 ms at a time. So
 * there the distance is also taken to what {@link JoinBlend} asks for, and to the best that any sound was found to do:
 * the two seconds around the join inverted as one picture, from the pictures side by side, with 48 iterations.
 *
 * <p>Arguments: a folder of pictures, the number of joins, a seed, qualities of {@link InversionQuality}.
 */
public final class JoinFigures {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int FRAMES = MusicImages.FRAMES;
    private static final int CLIP = FRAMES * 441;
    private static final int REACH = 6;
    private static final int FADE = 2_205;

    private final List<MelSpectrogram> clips;
    private final MelSpectrogram asked;
    private final MelSpectrogram blended;

    private JoinFigures(List<MelSpectrogram> clips) {
        this.clips = clips;
        this.asked = sideBySide();
        this.blended = sideBySide();
        JoinBlend blend = new JoinBlend(ReconstructionGrid.of(FORMAT), FORMAT.bands());
        for (int join = 1; join < clips.size(); join++) {
            blend.apply(blended.magnitudes()[0], join * FRAMES, blended.frames());
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length < 3) {
            System.err.println("usage: JoinFigures FOLDER JOINS SEED QUALITY...");
            System.exit(2);
        }
        ModelMusic music = new ModelMusic(Path.of(args[0]));
        JoinFigures figures = new JoinFigures(music.succession(Integer.parseInt(args[1]) + 1, Long.parseLong(args[2])));
        for (String quality : Arrays.asList(args).subList(3, args.length)) {
            float[] sound = figures.stream(InversionQuality.valueOf(quality));
            figures.report("stream, " + quality, sound);
            figures.reportLoudness(sound, false);
            figures.reportLoudness(sound, true);
        }
        List<float[]> apart = figures.apart();
        figures.report("laid end to end", figures.faded(apart, 0));
        figures.report("faded over 50 ms", figures.faded(apart, FADE));
        System.out.println("the best found: spectral convergence to the pictures side by side, at joins "
                + new Quantiles(figures.best()).summary("%.3f"));
    }

    private MelSpectrogram sideBySide() {
        float[] all = new float[clips.size() * FRAMES * FORMAT.bands()];
        for (int i = 0; i < clips.size(); i++) {
            float[] one = clips.get(i).magnitudes()[0];
            System.arraycopy(one, 0, all, i * one.length, one.length);
        }
        return new MelSpectrogram(FORMAT, clips.size() * FRAMES, new float[][] {all});
    }

    /** The clips as one sound, from the centre of the first column on. */
    private float[] stream(InversionQuality quality) {
        StreamingInverter inverter = new StreamingInverter(FORMAT, quality);
        int delay = inverter.delay();
        float[] sound = new float[clips.size() * CLIP + delay];
        for (int i = 0; i < clips.size(); i++) {
            System.arraycopy(inverter.append(clips.get(i)).channels()[0], 0, sound, i * CLIP, CLIP);
        }
        System.arraycopy(inverter.finish().channels()[0], 0, sound, clips.size() * CLIP, delay);
        return Arrays.copyOfRange(sound, delay, sound.length);
    }

    /** Each clip by itself, with as much sound beyond its end as a fade needs. */
    private List<float[]> apart() {
        StreamingInverter inverter = new StreamingInverter(FORMAT);
        List<float[]> sounds = new ArrayList<>();
        for (MelSpectrogram clip : clips) {
            float[] begin = inverter.append(clip).channels()[0];
            float[] end = inverter.finish().channels()[0];
            float[] sound = Arrays.copyOf(begin, begin.length + end.length);
            System.arraycopy(end, 0, sound, begin.length, end.length);
            sounds.add(sound);
        }
        return sounds;
    }

    /** Clips one after the other, each of which fades into the next around its end. */
    private float[] faded(List<float[]> sounds, int length) {
        int delay = new StreamingInverter(FORMAT).delay();
        float[] all = new float[clips.size() * CLIP + delay];
        for (int i = 0; i < sounds.size(); i++) {
            float[] sound = sounds.get(i);
            // Sample k of a sound belongs delay samples earlier: what is before its first column fades in.
            for (int k = 0; k < sound.length; k++) {
                int at = i * CLIP + k - delay;
                double in = i == 0 ? 1 : share(k - delay, length);
                double out = i == sounds.size() - 1 ? 1 : 1 - share(k - delay - CLIP, length);
                if (at >= 0) {
                    all[at] += (float) (sound[k] * in * out);
                }
            }
        }
        return Arrays.copyOf(all, clips.size() * CLIP);
    }

    private static double share(int sample, int length) {
        return length == 0 ? (sample >= 0 ? 1 : 0) : Math.min(1, Math.max(0, 0.5 + (double) sample / length));
    }

    private void report(String what, float[] sound) {
        MelSpectrogram made = new SpectrogramAnalyzer(FORMAT).analyze(new Waveform(44_100, new float[][] {sound}));
        List<Double> inside = new ArrayList<>();
        List<Double> quietInside = new ArrayList<>();
        List<Double> joins = new ArrayList<>();
        List<Double> blendedJoins = new ArrayList<>();
        List<Double> highAtJoins = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            for (int t = 4 * REACH; t + 4 * REACH <= FRAMES; t += 2 * REACH) {
                inside.add(convergence(asked, made, i * FRAMES + t));
                if (t % (8 * REACH) == 0) {
                    quietInside.add(Splatter.decibels(sound, (i * FRAMES + t) * 441));
                }
            }
            if (i > 0) {
                joins.add(convergence(asked, made, i * FRAMES));
                blendedJoins.add(convergence(blended, made, i * FRAMES));
                highAtJoins.add(Splatter.decibels(sound, i * CLIP));
            }
        }
        System.out.println(what);
        Quantiles middle = new Quantiles(inside);
        print("inside", middle, middle);
        print("at joins, to the pictures side by side", new Quantiles(joins), middle);
        print("at joins, to the pictures blended", new Quantiles(blendedJoins), middle);
        System.out.println("  above 12.5 kHz, dB: inside " + new Quantiles(quietInside).summary("%.1f"));
        System.out.println("  above 12.5 kHz, dB: at joins " + new Quantiles(highAtJoins).summary("%.1f"));
    }

    private static void print(String what, Quantiles of, Quantiles inside) {
        double median = inside.at(0.5);
        System.out.printf(
                Locale.ROOT,
                "  spectral convergence %s: %s; median %.2f of the inside's, %.0f %% up to 1.3 of it%n",
                what,
                of.summary("%.3f"),
                of.at(0.5) / median,
                100 * of.shareUpTo(1.3 * median));
    }

    private static double convergence(MelSpectrogram wanted, MelSpectrogram made, int around) {
        int bands = FORMAT.bands();
        double difference = 0;
        double size = 1e-30;
        for (int i = (around - REACH) * bands; i < (around + REACH) * bands; i++) {
            double a = wanted.magnitudes()[0][i];
            double b = made.magnitudes()[0][i];
            difference += (a - b) * (a - b);
            size += a * a;
        }
        return Math.sqrt(difference / size);
    }

    /** The distance at each join of two seconds around it, inverted as one picture with nothing blended. */
    private List<Double> best() {
        SpectrogramInverter inverter = new SpectrogramInverter(FORMAT, InversionQuality.BEST);
        SpectrogramAnalyzer analyzer = new SpectrogramAnalyzer(FORMAT);
        List<Double> distances = new ArrayList<>();
        for (int join = 1; join < clips.size(); join++) {
            MelSpectrogram around = asked.slice(join * FRAMES - 100, join * FRAMES + 100);
            distances.add(convergence(around, analyzer.analyze(inverter.invert(around)), 100));
        }
        return distances;
    }

    private void reportLoudness(float[] sound, boolean compressed) {
        LoudnessLeveler leveler = new LoudnessLeveler(FORMAT.sampleRate(), FORMAT.channels(), compressed);
        List<Double> levels = new ArrayList<>();
        List<Double> jumps = new ArrayList<>();
        List<Double> spreads = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            float[] clip = Arrays.copyOfRange(sound, i * CLIP, (i + 1) * CLIP);
            Waveform leveled = leveler.next(new Waveform(FORMAT.sampleRate(), new float[][] {clip}));
            levels.add(LoudnessLeveler.decibels(leveled));
            spreads.add(spread(leveled));
            if (i > 0) {
                jumps.add(Math.abs(levels.get(i) - levels.get(i - 1)));
            }
        }
        System.out.println(compressed ? "  compressed" : "  not compressed");
        System.out.println("  levelled clips, dBFS RMS: " + new Quantiles(levels).summary("%.2f"));
        System.out.println("  from clip to clip, dB: " + new Quantiles(jumps).summary("%.2f"));
        System.out.println("  within a clip, dB: " + new Quantiles(spreads).summary("%.2f"));
    }

    /** From quiet to loud in a clip, in dB: the middle eighty of a hundred stretches of 400 ms. */
    private static double spread(Waveform clip) {
        int stretch = clip.sampleRate() * 2 / 5;
        List<Double> levels = new ArrayList<>();
        for (int at = 0; at + stretch <= clip.length(); at += stretch) {
            levels.add(Math.max(-100, LoudnessLeveler.decibels(clip.slice(at, at + stretch))));
        }
        Quantiles quantiles = new Quantiles(levels);
        return quantiles.at(0.9) - quantiles.at(0.1);
    }
}
