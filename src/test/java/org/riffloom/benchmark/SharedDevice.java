package org.riffloom.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.riffloom.clip.ClipStream;
import org.riffloom.clip.DiffusionClips;
import org.riffloom.clip.HubProperties;
import org.riffloom.clip.ModelProperties;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/**
 * Four sessions on one device: clips made one at a time, as with {@code riffloom.work.workers=1}, against clips whose
 * steps share passes of the network. Prints, for each way and round, clips a minute while all four always want the next
 * one, and how long a session that comes late waits for its first clip while three always want the next one; then the
 * medians, and the medians of the ratios to one at a time in the same round. The ways take turns at going first.
 *
 * <p>Arguments: a model, libtorch's threads, the number of rounds, then limits of the batch.
 */
public final class SharedDevice {

    private static final int SESSIONS = 4;
    private static final int CLIPS = 2;
    private static final String ONE_AT_A_TIME = "one at a time";
    private static final List<String> PROMPTS = List.of("jazz piano", "church bells", "electronic beats", "flute");

    private final Map<String, List<Double>> rates = new TreeMap<>();
    private final Map<String, List<Double>> waits = new TreeMap<>();

    private SharedDevice() {}

    /** A way to make the clips of several sessions. */
    private record Way(String name, DiffusionClips clips, boolean inTurn) {}

    public static void main(String[] args) throws Exception {
        if (args.length < 4) {
            System.err.println("usage: SharedDevice MODEL THREADS ROUNDS BATCH...");
            System.exit(2);
        }
        List<Way> ways = new ArrayList<>();
        for (String batch : Arrays.asList(args).subList(3, args.length)) {
            ModelProperties settings = new ModelProperties(
                    "",
                    args[0],
                    "auto",
                    Integer.parseInt(args[1]),
                    Integer.parseInt(batch),
                    "",
                    List.of(),
                    List.of(),
                    HubProperties.USUAL);
            DiffusionClips clips = DiffusionClips.load(settings);
            if (ways.isEmpty()) {
                ways.add(new Way(ONE_AT_A_TIME, clips, true));
            }
            ways.add(new Way("batch of " + batch, clips, false));
        }
        SharedDevice benchmark = new SharedDevice();
        int rounds = Integer.parseInt(args[2]);
        for (int round = 0; round < rounds; round++) {
            for (Way way : ways) {
                benchmark.measure(way, round);
            }
            Collections.rotate(ways, 1);
        }
        benchmark.print("clips a minute", benchmark.rates);
        benchmark.print("s to a late session's first clip", benchmark.waits);
        System.exit(0);
    }

    private void measure(Way way, int round) throws Exception {
        double rate = rate(way);
        double wait = wait(way, round);
        rates.computeIfAbsent(way.name(), name -> new ArrayList<>()).add(rate);
        waits.computeIfAbsent(way.name(), name -> new ArrayList<>()).add(wait);
        System.out.printf(
                Locale.ROOT, "%d %-14s %6.1f clips a minute, late %6.2f s%n", round + 1, way.name(), rate, wait);
    }

    /** Clips a minute of all sessions, each of which makes the same number. */
    private static double rate(Way way) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        Session[] sessions = sessions(way);
        long start = System.nanoTime();
        List<Future<?>> done = new ArrayList<>();
        for (Session session : sessions) {
            done.add(threads.submit(() -> {
                for (int i = 0; i < CLIPS; i++) {
                    session.next();
                }
            }));
        }
        for (Future<?> each : done) {
            each.get(1, TimeUnit.HOURS);
        }
        threads.shutdown();
        return SESSIONS * CLIPS / (seconds(start) / 60);
    }

    /** Seconds to the first clip of a session that comes when the others are somewhere in their second round. */
    private static double wait(Way way, int round) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        Session[] sessions = sessions(way);
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> others = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 1; i < SESSIONS; i++) {
            Session session = sessions[i];
            others.add(threads.submit(() -> {
                while (!over.get()) {
                    session.next();
                }
            }));
        }
        while (Arrays.stream(sessions).mapToInt(session -> session.made).sum() < SESSIONS - 1) {
            Thread.sleep(5);
        }
        // A different moment of the clip in hand in each round.
        Thread.sleep((long) (1000 * seconds(start) / (SESSIONS - 1) * (round * 0.37 % 1)));
        long asked = System.nanoTime();
        sessions[0].next();
        double waited = seconds(asked);
        over.set(true);
        for (Future<?> other : others) {
            other.get(1, TimeUnit.HOURS);
        }
        threads.shutdown();
        return waited;
    }

    private static Session[] sessions(Way way) {
        ReentrantLock turn = new ReentrantLock(true);
        return PROMPTS.stream()
                .map(prompt -> new Session(way.clips(), prompt, way.inTurn() ? turn : new ReentrantLock()))
                .toArray(Session[]::new);
    }

    /** One listener's clips. */
    private static final class Session {

        private final ClipStream stream;
        private final RiffSettings settings;
        private final Prompt prompt;
        private final ReentrantLock turn;
        volatile int made;

        Session(DiffusionClips clips, String prompt, ReentrantLock turn) {
            this.stream = clips.open();
            this.settings = clips.model().info().defaults();
            this.prompt = new Prompt(prompt);
            this.turn = turn;
        }

        void next() {
            turn.lock();
            try {
                RiffPoint point = RiffPoint.of(prompt, settings.seed() + made, settings);
                stream.next(Interpolation.at(point, settings.seedImage(), settings.steps()), (step, steps) -> {});
                made = made + 1;
            } finally {
                turn.unlock();
            }
        }
    }

    private void print(String what, Map<String, List<Double>> figures) {
        List<Double> base = figures.getOrDefault(ONE_AT_A_TIME, List.of());
        figures.forEach((way, values) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                ratios.add(values.get(i) / base.get(i));
            }
            System.out.printf(
                    Locale.ROOT, "%-14s %7.2f %s, ratio %.2f %s%n", way, median(values), what, median(ratios), ratios);
        });
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
